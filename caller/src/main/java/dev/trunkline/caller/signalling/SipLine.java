package dev.trunkline.caller.signalling;

import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipParseException;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transport.TlsSettings;
import dev.trunkline.telephony.sip.useragent.SipEndpoint;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import dev.trunkline.telephony.sip.useragent.TransportSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A SIP telephone on a free port of this host that only places calls. Thread-safe; many calls at once. */
public final class SipLine implements Signalling {

    private static final int BUSY_HERE = 486;

    private final SipEndpoint endpoint;

    private SipLine(SipEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * A line towards that target: on the loopback address for a target there, else on all addresses.
     *
     * @throws IllegalArgumentException if the target is malformed
     * @throws UncheckedIOException if no port can be opened
     */
    public static SipLine towards(String target) {
        try {
            boolean loopback = host(target).isLoopbackAddress();
            InetSocketAddress bind =
                    loopback ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0) : new InetSocketAddress(0);
            SipSettings settings =
                    SipSettings.on(bind).withProduct("Trunkline caller").withTransports(transports(target));
            return new SipLine(SipEndpoint.start(settings, call -> {
                call.reject(BUSY_HERE);
                return (ignored, event) -> {};
            }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** TLS where the target asks for it; certificates beside those that Java trusts come from the setting of the server. */
    private static TransportSettings transports(String target) {
        SipUri uri = parse(target);
        boolean encrypted = uri.scheme().equals("sips")
                || "tls".equalsIgnoreCase(uri.parameters().get("transport"));
        if (!encrypted) {
            return TransportSettings.STANDARD;
        }
        String authorities = System.getenv("TRUNKLINE_SIP_TLS_CA");
        return TransportSettings.STANDARD.withTls(
                authorities == null || authorities.isBlank()
                        ? TlsSettings.PLATFORM
                        : TlsSettings.PLATFORM.trusting(Path.of(authorities)),
                0);
    }

    @Override
    public Attempt call(String target, Offer offer, Consumer<CallProgress> listener) {
        SipUri uri = parse(target);
        SipAttempt attempt = new SipAttempt(offer, listener);
        attempt.placed(endpoint.call(attempt.request(uri, caller()), attempt));
        return attempt;
    }

    @Override
    public InetAddress localAddressFor(String target) throws IOException {
        return endpoint.localAddressTowards(host(target));
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private static NameAddress caller() {
        return NameAddress.parse("<sip:caller@invalid>");
    }

    private static InetAddress host(String target) throws UnknownHostException {
        String host = parse(target).host();
        return InetAddress.getByName(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }

    private static SipUri parse(String target) {
        try {
            return SipUri.parse(target);
        } catch (SipParseException e) {
            throw new IllegalArgumentException("not a SIP URI: " + target, e);
        }
    }
}
