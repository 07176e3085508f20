package dev.trunkline.telephony.sip.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TargetResolverTest {

    private final Map<String, List<InetAddress>> addresses = new HashMap<>();
    private final Map<String, List<ServiceRecord>> services = new HashMap<>();
    private final Map<String, List<PointerRecord>> pointers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Set<TransportProtocol> available = EnumSet.allOf(TransportProtocol.class);
    private String bound = "0.0.0.0";
    private boolean deaf;

    private final NameService names = new NameService() {
        @Override
        public void lookUp(String host, Consumer<List<InetAddress>> found, Runnable unknown) {
            if (addresses.containsKey(host)) {
                found.accept(addresses.get(host));
            } else {
                unknown.run();
            }
        }

        @Override
        public void services(String name, Consumer<List<ServiceRecord>> found, Runnable failed) {
            asked.add(name);
            if (deaf) {
                failed.run();
            } else {
                found.accept(services.getOrDefault(name, List.of()));
            }
        }

        @Override
        public void pointers(String domain, Consumer<List<PointerRecord>> found, Runnable failed) {
            asked.add(domain);
            if (deaf) {
                failed.run();
            } else {
                found.accept(pointers.getOrDefault(domain, List.of()));
            }
        }
    };

    private Object resolve(String uri) {
        List<Object> outcome = new ArrayList<>();
        new TargetResolver(names, available::contains, InetAddress.ofLiteral(bound), new Random(3))
                .resolve(SipUri.parse(uri), outcome::add, outcome::add);
        assertThat(outcome).hasSize(1);
        return outcome.getFirst();
    }

    private List<String> hops(String uri) {
        assertThat(resolve(uri)).isInstanceOf(Targets.class);
        return ((Targets) resolve(uri)).hops().stream().map(Hop::toString).toList();
    }

    private void host(String name, String... numbers) {
        List<InetAddress> all = new ArrayList<>();
        for (String number : numbers) {
            all.add(InetAddress.ofLiteral(number));
        }
        addresses.put(name, all);
    }

    @Test
    void numbersNeedNoLookUp() {
        assertThat(hops("sip:a@192.0.2.1")).containsExactly("UDP 192.0.2.1:5060");
        assertThat(hops("sip:a@192.0.2.1:5070;transport=tcp")).containsExactly("TCP 192.0.2.1:5070");
        assertThat(hops("sip:a@192.0.2.1;transport=TLS")).containsExactly("TLS 192.0.2.1:5061");
        assertThat(hops("sips:a@192.0.2.1")).containsExactly("TLS 192.0.2.1:5061");
        assertThat(hops("sips:a@192.0.2.1;transport=tcp")).containsExactly("TLS 192.0.2.1:5061");
        assertThat(hops("sip:a@[2001:db8::1]")).containsExactly("UDP 2001:db8:0:0:0:0:0:1:5060");
        assertThat(asked).isEmpty();
    }

    @Test
    void aTransportIsFixedIfTheUriAsksForIt() {
        assertThat(((Targets) resolve("sip:a@192.0.2.1")).fixed()).isFalse();
        assertThat(((Targets) resolve("sip:a@192.0.2.1;transport=udp")).fixed()).isTrue();
    }

    @Test
    void whatCannotBeReached() {
        available = EnumSet.of(TransportProtocol.UDP);
        assertThat(resolve("sip:a@192.0.2.1;transport=tcp")).isEqualTo("transport TCP is not available");
        assertThat(resolve("sips:a@192.0.2.1")).isEqualTo("transport TLS is not available");
        assertThat(resolve("sips:a@192.0.2.1;transport=udp")).isEqualTo("sips does not go by UDP");
        assertThat(resolve("sip:a@192.0.2.1;transport=sctp")).isEqualTo("transport sctp is not available");
        assertThat(resolve("tel:+4930")).isEqualTo("no way to reach tel addresses");
        assertThat(resolve("sip:a@nowhere.example:5060")).isEqualTo("unknown host nowhere.example");
    }

    @Test
    void aNameWithAPortIsAHost() {
        host("example.com", "192.0.2.1", "192.0.2.2");
        assertThat(hops("sip:a@example.com:5070")).containsExactly("UDP 192.0.2.1:5070", "UDP 192.0.2.2:5070");
        assertThat(asked).isEmpty();
    }

    @Test
    void onlyAddressesOfTheFamilyThatWeAreBoundTo() {
        host("example.com", "2001:db8::1", "192.0.2.1");
        bound = "192.0.2.99";
        assertThat(hops("sip:a@example.com:5070")).containsExactly("UDP 192.0.2.1:5070");
        bound = "2001:db8::99";
        assertThat(hops("sip:a@example.com:5070")).hasSize(1).first().asString().contains("db8");
    }

    @Test
    void serversInOrderOfTheirPriority() {
        services.put(
                "_sip._udp.example.com",
                List.of(
                        new ServiceRecord(20, 0, 5080, "spare.example.net"),
                        new ServiceRecord(10, 0, 5070, "main.example.net")));
        host("main.example.net", "192.0.2.1");
        host("spare.example.net", "192.0.2.2");
        assertThat(hops("sip:a@example.com")).containsExactly("UDP 192.0.2.1:5070", "UDP 192.0.2.2:5080");
        Targets targets = (Targets) resolve("sip:a@example.com");
        assertThat(targets.fixed()).isTrue();
        assertThat(targets.hops().getFirst().address().getHostString())
                .as("the name that the certificate must have")
                .isEqualTo("example.com");
    }

    @Test
    void weightsAreShares() {
        List<ServiceRecord> records =
                List.of(new ServiceRecord(1, 90, 1, "often"), new ServiceRecord(1, 10, 2, "seldom"));
        Random random = new Random(1);
        long often = 0;
        for (int i = 0; i < 1_000; i++) {
            List<ServiceRecord> order = ServiceOrder.of(records, random);
            assertThat(order).hasSize(2);
            often += order.getFirst().host().equals("often") ? 1 : 0;
        }
        assertThat(often).isBetween(850L, 950L);
    }

    @Test
    void aDomainSaysByWhichTransportsItWantsToBeReached() {
        pointers.put(
                "example.com",
                List.of(
                        new PointerRecord(50, 50, "s", "SIP+D2U", "_sip._udp.example.com"),
                        new PointerRecord(40, 50, "s", "SIP+D2T", "_sip._tcp.servers.example.com"),
                        new PointerRecord(30, 50, "u", "E2U+sip", "")));
        services.put("_sip._tcp.servers.example.com", List.of(new ServiceRecord(1, 0, 5062, "s.example.com")));
        host("s.example.com", "192.0.2.3");
        assertThat(hops("sip:a@example.com")).containsExactly("TCP 192.0.2.3:5062");
    }

    @Test
    void withoutPointersUdpIsAskedForFirstAndTcpNext() {
        services.put("_sip._tcp.example.com", List.of(new ServiceRecord(1, 0, 5062, "s.example.com")));
        host("s.example.com", "192.0.2.3");
        assertThat(hops("sip:a@example.com")).containsExactly("TCP 192.0.2.3:5062");
        assertThat(asked.subList(0, 3))
                .containsExactly("example.com", "_sip._udp.example.com", "_sip._tcp.example.com");
    }

    @Test
    void aUriWithATransportAsksForThatOnly() {
        services.put("_sips._tcp.example.com", List.of(new ServiceRecord(1, 0, 5063, "s.example.com")));
        host("s.example.com", "192.0.2.3");
        assertThat(hops("sips:a@example.com")).containsExactly("TLS 192.0.2.3:5063");
        assertThat(asked).containsOnly("_sips._tcp.example.com");
    }

    @Test
    void withoutServersTheNameIsAHost() {
        host("example.com", "192.0.2.1");
        assertThat(hops("sip:a@example.com")).containsExactly("UDP 192.0.2.1:5060");
    }

    @Test
    void aNameServerThatDoesNotAnswerIsAskedOnce() {
        host("example.com", "192.0.2.1");
        deaf = true;
        resolve("sip:a@example.com");
        assertThat(asked).containsExactly("example.com");
    }

    @Test
    void aServiceThatIsDecidedlyNotThere() {
        services.put("_sip._udp.example.com", List.of(new ServiceRecord(0, 0, 0, "")));
        host("example.com", "192.0.2.1");
        assertThat(resolve("sip:a@example.com")).isEqualTo("example.com has no SIP service");
    }

    @Test
    void aNameWithoutADotIsAHostHere() {
        host("localhost", "127.0.0.1");
        assertThat(hops("sip:a@localhost")).containsExactly("UDP 127.0.0.1:5060");
        assertThat(asked).isEmpty();
    }
}
