package dev.trunkline.telephony.sip.registration;

import dev.trunkline.telephony.sip.digest.DigestClient;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipParseException;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipScheduler.Timer;
import dev.trunkline.telephony.sip.useragent.OutsideRequests;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One trunk: its registration, the watch over it, the keep-alives for a NAT in between, and what its calls need. SIP
 * thread only, but for what says otherwise.
 */
public final class Trunk {

    /** Addresses that a trunk has been met at; a farm of proxies has a few. */
    private static final int ADDRESSES_KEPT = 64;

    private final TrunkSettings settings;
    private final TrunkTimers timers;
    private final OutsideRequests requests;
    private final DigestClient credentials;
    private final Registration registration;
    private final PeerWatch watch;
    private final String line;
    private final Set<InetSocketAddress> met = new LinkedHashSet<>();
    private @Nullable Timer ping;

    Trunk(
            TrunkSettings settings,
            TrunkTimers timers,
            OutsideRequests network,
            RandomGenerator random,
            InstantSource clock) {
        this.settings = settings;
        this.timers = timers;
        this.requests = new MeetingRequests(network, this::meet);
        this.credentials = DigestClient.of(settings.credentials(), random);
        this.line = line(settings);
        this.registration = new Registration(settings, timers, requests, credentials, line, random, clock);
        this.watch = new PeerWatch(settings, timers, requests, random, new PeerWatch.Observer() {
            @Override
            public void onBack() {
                if (settings.registers()) {
                    registration.onPeerBack();
                }
            }

            @Override
            public void onAnswer(Hop hop) {
                registration.onWayChanged(hop);
            }
        });
    }

    /** The same at every start, so that what an earlier run has registered is renewed and not left behind. */
    private static String line(TrunkSettings settings) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    ("trunk line " + settings.credentials().password()).getBytes(StandardCharsets.UTF_8),
                    "HmacSHA256"));
            byte[] tag = mac.doFinal((settings.account() + "|" + settings.name()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(tag, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** As configured; from any thread. */
    public TrunkSettings settings() {
        return settings;
    }

    /** How it is; from any thread. */
    public TrunkStatus status() {
        RegistrationStatus registered = settings.registers()
                ? registration.status()
                : new RegistrationStatus(RegistrationStatus.State.NONE, null, "", 0, null);
        return new TrunkStatus(
                settings.name(),
                registered,
                watch.status(),
                settings.registrar().toString());
    }

    /** What proves our requests to it. */
    public DigestClient credentials() {
        return credentials;
    }

    void begin() {
        if (settings.registers()) {
            registration.begin();
            schedulePing();
        }
        watch.begin(!settings.registers());
    }

    void stop(Runnable done) {
        watch.stop();
        if (ping != null) {
            ping.cancel();
            ping = null;
        }
        if (settings.registers()) {
            registration.stop(done);
        } else {
            done.run();
        }
    }

    private void schedulePing() {
        ping = requests.scheduler().after(timers.ping(), () -> {
            Hop hop = registration.boundBy();
            if (hop != null) {
                requests.keepAlive(hop, registration::onWayLost);
            }
            schedulePing();
        });
    }

    private void meet(Hop hop) {
        if (met.size() < ADDRESSES_KEPT) {
            met.add(hop.address());
        }
    }

    /** How sure we are that a call is this trunk's. */
    enum Match {
        /** It is not. */
        NO,
        /** It is for our account, but who sends it is not known. */
        ACCOUNT,
        /** It comes from where the trunk is. */
        SOURCE,
        /** It comes from where the trunk is, for our account. */
        SOURCE_AND_ACCOUNT,
        /** It has the secret of our Contact. */
        LINE
    }

    Match match(SipRequest invite, Hop source) {
        String given = invite.uri().parameters().get(RegisterRequests.LINE);
        if (given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), line.getBytes(StandardCharsets.UTF_8))) {
            return Match.LINE;
        }
        boolean ours = invite.uri().userName().equals(settings.userName());
        if (isMetAt(source)) {
            return ours ? Match.SOURCE_AND_ACCOUNT : Match.SOURCE;
        }
        return ours && settings.registers() ? Match.ACCOUNT : Match.NO;
    }

    private boolean isMetAt(Hop source) {
        if (source.address().getAddress().isLoopbackAddress()) {
            // Many programs share this address.
            return met.contains(source.address());
        }
        return met.stream()
                .anyMatch(
                        address -> address.getAddress().equals(source.address().getAddress()));
    }

    /**
     * The number that the caller has dialled. A trunk sends to our Contact, whose user is the account; what was dialled
     * stands elsewhere then (RFC 7315, 4.2; else To).
     */
    public String dialled(SipRequest invite) {
        String account = settings.userName();
        for (String header : List.of("P-Called-Party-ID", "To")) {
            try {
                for (NameAddress address : invite.addresses(header)) {
                    String user = address.uri().userName();
                    if (!user.isEmpty()
                            && !user.equals(account)
                            && invite.uri().userName().equals(account)) {
                        return user;
                    }
                }
            } catch (SipParseException e) {
                // A header that nobody can read says nothing.
                continue;
            }
        }
        return invite.uri().userName();
    }

    /** The address of a number behind it; from any thread. */
    public SipUri target(String number) {
        return settings.target(number);
    }

    /** True if that address is one behind it; from any thread. */
    public boolean reaches(SipUri uri) {
        return uri.host().equalsIgnoreCase(settings.registrar().bareHost())
                && uri.address() != null
                && uri.address().portOr(5_060) == settings.registrar().portOr(5_060);
    }

    /** Who we are for those whom we call by it; from any thread. */
    public NameAddress caller() {
        return NameAddress.of(settings.account());
    }

    /** The headers that our calls by it have; from any thread. */
    public Map<String, String> identity() {
        if (settings.number().isEmpty() || settings.identity() == TrunkSettings.Identity.NONE) {
            return Map.of();
        }
        HostPort domain = settings.account().address();
        SipUri number = SipUri.of(settings.number(), domain == null ? settings.registrar() : domain);
        return Map.of(settings.identity().header(), NameAddress.of(number).toString());
    }

    /** The proxies that our calls by it go through, nearest first; from any thread. */
    public List<SipUri> routes() {
        List<SipUri> told = registration.serviceRoutes();
        return told.isEmpty() ? settings.route().stream().toList() : told;
    }
}
