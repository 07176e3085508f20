package dev.trunkline.telephony.sip;

import dev.trunkline.telephony.sip.digest.DigestServer;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipParseException;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.registration.Trunk;
import dev.trunkline.telephony.sip.registration.TrunkStatus;
import dev.trunkline.telephony.sip.registration.Trunks;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import dev.trunkline.telephony.sip.useragent.CallRequest;
import dev.trunkline.telephony.sip.useragent.IncomingSipCall;
import dev.trunkline.telephony.sip.useragent.SipEndpoint;
import dev.trunkline.telephony.sip.useragent.SipEndpointListener.Challenge;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Knows by which trunk a call has come, who has to prove who they are, and by which trunk a number is called. */
final class Gate {

    private static final String REALM = "trunkline";
    private static final String OWN_NAME = "trunkline";
    private static final long NONCE_LIFETIME = TimeUnit.MINUTES.toMillis(5);

    private final SipAccounts accounts;
    private final SipSettings settings;
    private final @Nullable DigestServer passwords;
    private volatile @Nullable Trunks trunks;

    Gate(SipAccounts accounts, SipSettings settings) {
        this.accounts = accounts;
        this.settings = settings;
        this.passwords = accounts.users().isEmpty()
                ? null
                : new DigestServer(
                        REALM,
                        accounts.users(),
                        NONCE_LIFETIME,
                        () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                        new SecureRandom());
    }

    /** Registers with the trunks from now on. */
    void open(SipEndpoint endpoint) {
        Trunks made = new Trunks(
                accounts.trunks(), accounts.timers(), endpoint.requests(), new SecureRandom(), InstantSource.system());
        trunks = made;
        made.begin();
    }

    /** While on, the trunks are told that we are not there. */
    void draining(boolean on) {
        Trunks known = trunks;
        if (known != null && on) {
            known.takeBack();
        } else if (known != null) {
            known.begin();
        }
    }

    /** Takes the registrations back; blocks for two seconds at most. */
    void close() {
        Trunks known = trunks;
        if (known != null) {
            known.stop();
        }
    }

    List<TrunkStatus> status() {
        Trunks known = trunks;
        return known == null ? List.of() : known.status();
    }

    // ---- calls that come

    /** What a caller has to answer; null lets them in. */
    @Nullable
    Challenge challenge(SipRequest invite, Hop source) {
        DigestServer guard = passwords;
        if (guard == null
                || arrival(invite, source).filter(Trunks.Arrival::trusted).isPresent()) {
            return null;
        }
        return switch (guard.check(invite)) {
            case DigestServer.Verdict.Accepted accepted -> null;
            case DigestServer.Verdict.Challenged challenged ->
                new Challenge(
                        challenged.challenges(),
                        challenged.fault() == DigestServer.Fault.WRONG_PASSWORD
                                ? "wrong user or password: "
                                        + invite.from().uri().userName()
                                : "");
        };
    }

    /** The trunk of a call; our requests inside it are proven to that from now on. SIP thread only. */
    Optional<Trunk> trunkOf(IncomingSipCall call) {
        // The transport does not matter for who it is.
        Hop source = new Hop(TransportProtocol.UDP, call.source());
        Optional<Trunk> trunk = arrival(call.invite(), source).map(Trunks.Arrival::trunk);
        trunk.ifPresent(found -> call.proveWith(found.credentials()));
        return trunk;
    }

    private Optional<Trunks.Arrival> arrival(SipRequest invite, Hop source) {
        Trunks known = trunks;
        return known == null ? Optional.empty() : known.arrival(invite, source);
    }

    // ---- calls that we place

    /**
     * A call to that address or number.
     *
     * @throws IllegalArgumentException if it is no address, or a number and there is neither trunk nor proxy
     */
    CallRequest request(String target, String callerId, CallRequest.OfferMaker offer) {
        try {
            boolean bare = target.indexOf(':') < 0;
            SipUri uri = bare ? null : SipUri.parse(target);
            String number = uri == null ? target : uri.scheme().equals("tel") ? uri.userName() : null;
            if (number != null) {
                return settings.outboundProxy().isPresent() && accounts.trunks().isEmpty()
                        ? direct(uri == null ? behindProxy(number) : uri, callerId, offer)
                        : trunkForNumber(target, number, offer);
            }
            if (uri == null || !uri.isSip()) {
                throw new IllegalArgumentException("no way to reach " + target);
            }
            Trunks known = trunks;
            Optional<Trunk> trunk = known == null ? Optional.empty() : known.towards(uri);
            return trunk.isPresent() ? by(trunk.get(), uri, offer) : direct(uri, callerId, offer);
        } catch (SipParseException e) {
            throw new IllegalArgumentException("not a SIP address: " + target + " (" + e.getMessage() + ")", e);
        }
    }

    private CallRequest trunkForNumber(String target, String number, CallRequest.OfferMaker offer) {
        Trunks known = trunks;
        Trunk trunk = known == null ? null : known.forNumber().orElse(null);
        if (trunk == null) {
            throw new IllegalArgumentException("not a SIP address, and there is no trunk for numbers: " + target);
        }
        // How people write numbers is not how exchanges read them.
        return by(trunk, trunk.target(number.replaceAll("[\\s()./-]", "")), offer);
    }

    private static CallRequest by(Trunk trunk, SipUri target, CallRequest.OfferMaker offer) {
        return CallRequest.to(target, trunk.caller(), offer)
                .withHeaders(trunk.identity())
                .by(trunk.routes(), trunk.credentials());
    }

    private static CallRequest direct(SipUri target, String callerId, CallRequest.OfferMaker offer) {
        SipUri from = SipUri.of(callerId.isBlank() ? OWN_NAME : callerId, new HostPort("invalid", -1));
        return CallRequest.to(target, NameAddress.of(from), offer);
    }

    private SipUri behindProxy(String number) {
        HostPort proxy = settings.outboundProxy().map(SipUri::address).orElse(null);
        if (proxy == null) {
            throw new IllegalArgumentException("not a SIP address: " + number);
        }
        return SipUri.of(number, proxy);
    }
}
