package dev.trunkline.telephony.sip.registration;

import dev.trunkline.telephony.sip.digest.Credentials;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A trunk as somebody configured it. Immutable.
 *
 * @param name ours, for logs and health
 * @param user the account's name; with {@code @} and a domain where that is not the registrar
 * @param credentials user and password of the digest
 * @param registrar host and port of the registrar
 * @param proxy where requests go first; null for the registrar itself
 * @param transport what carries the messages
 * @param registers false for a peer that knows where we are, such as a PBX next door: it is watched only
 * @param expires for how long we ask to be registered
 * @param agent who answers when nobody has the dialled number; empty for nobody
 * @param number ours, shown to those whom we call; empty for the account's own
 * @param identity the header that carries our number
 */
public record TrunkSettings(
        String name,
        String user,
        Credentials credentials,
        HostPort registrar,
        @Nullable HostPort proxy,
        TransportProtocol transport,
        boolean registers,
        Duration expires,
        String agent,
        String number,
        Identity identity) {

    /** How a trunk wants to be told the number that the callee sees. */
    public enum Identity {
        /** Not at all: the account has one. */
        NONE(""),
        /** P-Preferred-Identity: what a user asks for (RFC 3325, 9.2). */
        PREFERRED("P-Preferred-Identity"),
        /** P-Asserted-Identity: what a trusted exchange says (RFC 3325, 9.1). */
        ASSERTED("P-Asserted-Identity");

        private final String header;

        Identity(String header) {
            this.header = header;
        }

        /** The header, empty for none. */
        public String header() {
            return header;
        }
    }

    /** How long we ask for if nobody says otherwise. */
    public static final Duration EXPIRES = Duration.ofHours(1);

    /** All that a usual trunk needs. */
    public static TrunkSettings of(String name, Credentials credentials, HostPort registrar) {
        return new TrunkSettings(
                name,
                credentials.user(),
                credentials,
                registrar,
                null,
                TransportProtocol.UDP,
                true,
                EXPIRES,
                "",
                "",
                Identity.PREFERRED);
    }

    /** With that transport. */
    public TrunkSettings withTransport(TransportProtocol other) {
        return new TrunkSettings(
                name, user, credentials, registrar, proxy, other, registers, expires, agent, number, identity);
    }

    /** With that lifetime. */
    public TrunkSettings withExpires(Duration other) {
        return new TrunkSettings(
                name, user, credentials, registrar, proxy, transport, registers, other, agent, number, identity);
    }

    /** With that agent. */
    public TrunkSettings withAgent(String other) {
        return new TrunkSettings(
                name, user, credentials, registrar, proxy, transport, registers, expires, other, number, identity);
    }

    /** With that number, told in that way. */
    public TrunkSettings withNumber(String other, Identity how) {
        return new TrunkSettings(
                name, user, credentials, registrar, proxy, transport, registers, expires, agent, other, how);
    }

    /** With that proxy. */
    public TrunkSettings withProxy(HostPort other) {
        return new TrunkSettings(
                name, user, credentials, registrar, other, transport, registers, expires, agent, number, identity);
    }

    /** A peer that is watched and called, but not registered with. */
    public TrunkSettings withoutRegistration() {
        return new TrunkSettings(
                name, user, credentials, registrar, proxy, transport, false, expires, agent, number, identity);
    }

    /** The account: From and To of everything that we send here. */
    SipUri account() {
        int at = user.lastIndexOf('@');
        return SipUri.of(userName(), at < 0 ? registrar : HostPort.parse(user.substring(at + 1)));
    }

    /** The account's name without a domain. */
    String userName() {
        int at = user.lastIndexOf('@');
        return at < 0 ? user : user.substring(0, at);
    }

    /** The registrar as a Request-URI. */
    SipUri domain() {
        return carried(SipUri.of("", registrar));
    }

    /** Whom requests are sent to first. */
    SipUri firstHop() {
        return proxy == null ? domain() : route().orElseThrow();
    }

    /** The proxy as a route. */
    Optional<SipUri> route() {
        return Optional.ofNullable(proxy)
                .map(place -> carried(SipUri.of("", place)).withParameter("lr", ""));
    }

    /** A telephone number behind this trunk. */
    SipUri target(String dialled) {
        return carried(SipUri.of(dialled, registrar));
    }

    private SipUri carried(SipUri uri) {
        return transport == TransportProtocol.UDP
                ? uri
                : uri.withParameter("transport", transport.name().toLowerCase(java.util.Locale.ROOT));
    }
}
