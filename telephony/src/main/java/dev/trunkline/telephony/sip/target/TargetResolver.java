package dev.trunkline.telephony.sip.target;

import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the next hops of a URI (RFC 3263, 4). Addresses in numbers are settled at once; a name with a port is looked up;
 * a name without one may say by NAPTR which transports it wants and by SRV which servers it has. SIP thread only.
 */
public final class TargetResolver {

    private static final int MOST_HOPS = 8;

    private final NameService names;
    private final Predicate<TransportProtocol> available;
    private final InetAddress bound;
    private final RandomGenerator random;

    /**
     * For one endpoint.
     *
     * @param available which transports it has
     * @param bound what its sockets are bound to: an address, whose family alone can be reached then, or the wildcard
     * @param random for the lots among servers of one priority
     */
    public TargetResolver(
            NameService names, Predicate<TransportProtocol> available, InetAddress bound, RandomGenerator random) {
        this.names = names;
        this.available = available;
        this.bound = bound;
        this.random = random;
    }

    /** A name of SRV records and the transport that they are for. */
    private record Service(String name, TransportProtocol protocol) {}

    /** Exactly one of the two is called, on the SIP thread. */
    public void resolve(SipUri uri, Consumer<Targets> found, Consumer<String> failed) {
        HostPort address = uri.address();
        if (address == null || !uri.isSip()) {
            failed.accept("no way to reach " + uri.scheme() + " addresses");
            return;
        }
        TransportProtocol wanted;
        try {
            wanted = wanted(uri);
            if (uri.parameters().get("maddr") instanceof String elsewhere && !elsewhere.isEmpty()) {
                address = new HostPort(HostPort.parse(elsewhere).host(), address.port());
            }
        } catch (IllegalArgumentException e) {
            failed.accept(String.valueOf(e.getMessage()));
            return;
        }
        if (wanted != null && !available.test(wanted)) {
            failed.accept("transport " + wanted + " is not available");
            return;
        }
        new Search(address, wanted, found, failed).begin();
    }

    /** The transport that the URI asks for, null if it leaves that open. */
    private static @Nullable TransportProtocol wanted(SipUri uri) {
        String transport = uri.parameters().get("transport");
        if (uri.scheme().equals("sips")) {
            if (transport != null && transport.equalsIgnoreCase("udp")) {
                throw new IllegalArgumentException("sips does not go by UDP");
            }
            return TransportProtocol.TLS;
        }
        if (transport == null || transport.isEmpty()) {
            return null;
        }
        return switch (transport.toLowerCase(Locale.ROOT)) {
            case "udp" -> TransportProtocol.UDP;
            case "tcp" -> TransportProtocol.TCP;
            case "tls" -> TransportProtocol.TLS;
            default -> throw new IllegalArgumentException("transport " + transport + " is not available");
        };
    }

    /** One question and its steps. */
    private final class Search {

        private final HostPort address;
        private final @Nullable TransportProtocol wanted;
        private final Consumer<Targets> found;
        private final Consumer<String> failed;
        private final List<Hop> hops = new ArrayList<>();

        Search(HostPort address, @Nullable TransportProtocol wanted, Consumer<Targets> found, Consumer<String> failed) {
            this.address = address;
            this.wanted = wanted;
            this.found = found;
            this.failed = failed;
        }

        private TransportProtocol protocol() {
            if (wanted != null) {
                return wanted;
            }
            return available.test(TransportProtocol.UDP) ? TransportProtocol.UDP : TransportProtocol.TCP;
        }

        void begin() {
            if (address.isNumeric()) {
                try {
                    add(protocol(), InetAddress.getByName(address.bareHost()), portOf(protocol()));
                    found.accept(new Targets(hops, wanted != null));
                } catch (UnknownHostException e) {
                    failed.accept("bad address " + address.host());
                }
            } else if (address.port() >= 0 || address.host().indexOf('.') < 0) {
                plain();
            } else if (wanted != null) {
                services(List.of(service(wanted)), 0);
            } else {
                names.pointers(address.host(), this::byPointers, this::plain);
            }
        }

        private void byPointers(List<PointerRecord> pointers) {
            List<Service> services = pointers.stream()
                    .filter(pointer -> pointer.flags().equalsIgnoreCase("s"))
                    .sorted(Comparator.comparingInt(PointerRecord::order).thenComparingInt(PointerRecord::preference))
                    .map(Search::pointed)
                    .filter(service -> service != null && available.test(service.protocol()))
                    .toList();
            services(
                    services.isEmpty()
                            ? List.of(service(TransportProtocol.UDP), service(TransportProtocol.TCP))
                            : services,
                    0);
        }

        private static @Nullable Service pointed(PointerRecord pointer) {
            return switch (pointer.service().toUpperCase(Locale.ROOT)) {
                case "SIP+D2U" -> new Service(pointer.replacement(), TransportProtocol.UDP);
                case "SIP+D2T" -> new Service(pointer.replacement(), TransportProtocol.TCP);
                case "SIPS+D2T" -> new Service(pointer.replacement(), TransportProtocol.TLS);
                default -> null;
            };
        }

        private Service service(TransportProtocol protocol) {
            String label = switch (protocol) {
                case UDP -> "_sip._udp.";
                case TCP -> "_sip._tcp.";
                case TLS -> "_sips._tcp.";
            };
            return new Service(label + address.host(), protocol);
        }

        private void services(List<Service> services, int index) {
            if (index == services.size()) {
                plain();
                return;
            }
            Service service = services.get(index);
            if (!available.test(service.protocol())) {
                services(services, index + 1);
                return;
            }
            names.services(
                    service.name(),
                    records -> {
                        if (records.size() == 1 && records.getFirst().host().isEmpty()) {
                            failed.accept(address.host() + " has no SIP service");
                        } else if (records.isEmpty()) {
                            services(services, index + 1);
                        } else {
                            servers(ServiceOrder.of(records, random), 0, service.protocol());
                        }
                    },
                    this::plain);
        }

        private void servers(List<ServiceRecord> records, int index, TransportProtocol protocol) {
            if (index == records.size() || hops.size() >= MOST_HOPS) {
                if (hops.isEmpty()) {
                    failed.accept("no server of " + address.host() + " has an address");
                } else {
                    found.accept(new Targets(hops, true));
                }
                return;
            }
            ServiceRecord record = records.get(index);
            names.lookUp(
                    record.host(),
                    addresses -> {
                        addresses.forEach(each -> add(protocol, each, record.port()));
                        servers(records, index + 1, protocol);
                    },
                    () -> servers(records, index + 1, protocol));
        }

        private void plain() {
            names.lookUp(
                    address.host(),
                    addresses -> {
                        addresses.forEach(each -> add(protocol(), each, portOf(protocol())));
                        if (hops.isEmpty()) {
                            failed.accept("no address of " + address.host() + " can be reached from "
                                    + bound.getHostAddress());
                        } else {
                            found.accept(new Targets(hops, wanted != null));
                        }
                    },
                    () -> failed.accept("unknown host " + address.host()));
        }

        private int portOf(TransportProtocol protocol) {
            return address.portOr(protocol.defaultPort());
        }

        /** The name stays with the address: it is what the certificate must be for (RFC 5922, 7.1), not the server's. */
        private void add(TransportProtocol protocol, InetAddress each, int port) {
            boolean reachable =
                    bound.isAnyLocalAddress() || each instanceof Inet4Address == bound instanceof Inet4Address;
            if ((reachable || address.isNumeric()) && hops.size() < MOST_HOPS) {
                try {
                    InetAddress named = InetAddress.getByAddress(address.bareHost(), each.getAddress());
                    hops.add(new Hop(protocol, new InetSocketAddress(named, port)));
                } catch (UnknownHostException e) {
                    throw new IllegalStateException("an address of a strange length", e);
                }
            }
        }
    }
}
