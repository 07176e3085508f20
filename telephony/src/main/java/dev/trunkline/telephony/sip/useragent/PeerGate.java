package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.transaction.Admission;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipCounters;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.transport.SipScheduler;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds back those who may not call and those who send too much. Each source has two token buckets, each as large as two
 * seconds of its rate: one for all messages, looked at before a message is parsed, and a tenth of it for requests that
 * belong to nothing. IPv6 sources are networks of 64 bits. The {@value #KEPT} sources heard of last are remembered, so
 * that forged ones use up no memory. SIP thread only.
 */
final class PeerGate {

    static final int KEPT = 4_096;

    private static final int TENFOLD = 10;
    private static final long SAY_EVERY_MS = 1_000;
    private static final long LOG_EVERY_MS = 60_000;

    private static final class Source {
        private final Bucket all;
        private final Bucket fresh;
        private boolean logged;
        private long saidAt = Long.MIN_VALUE / 2;

        Source(int rate, boolean listed, boolean stranger, long now) {
            this.fresh = new Bucket(listed ? TENFOLD * rate : rate, now);
            this.all = new Bucket(stranger ? rate : TENFOLD * (listed ? TENFOLD * rate : rate), now);
        }
    }

    private static final class Bucket {
        private final double rate;
        private double tokens;
        private long at;

        Bucket(double rate, long now) {
            this.rate = rate;
            this.tokens = 2 * rate;
            this.at = now;
        }

        boolean take(long now) {
            tokens = Math.min(2 * rate, tokens + (now - at) * rate / 1_000);
            at = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }

    private final PeerRules rules;
    private final SipScheduler scheduler;
    private final SipCounters counters;
    private final RateLimitedLog log;
    private final Map<InetAddress, Source> sources = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Source> eldest) {
            return size() > KEPT;
        }
    };

    PeerGate(PeerRules rules, SipScheduler scheduler, SipCounters counters, RateLimitedLog log) {
        this.rules = rules;
        this.scheduler = scheduler;
        this.counters = counters;
        this.log = log;
    }

    /** Whether a message from there is to be read at all. */
    boolean wants(InetAddress address) {
        if (rules.requestsPerSecond() == 0) {
            return true;
        }
        Source source = source(address);
        if (source.all.take(scheduler.now())) {
            return true;
        }
        tooMany(source, address);
        return false;
    }

    /** False for those who are to get no sign of life from us. */
    boolean answers(InetAddress address) {
        return !rules.isStranger(address);
    }

    /** What becomes of a request that belongs to nothing known. */
    Admission admission(Hop hop) {
        InetAddress address = hop.address().getAddress();
        if (rules.isStranger(address)) {
            counters.count(Event.REFUSED_PEER);
            log.warn("stranger", address.getHostAddress(), hop + " is not on the list of those who may call");
            return Admission.DROPPED;
        }
        if (rules.requestsPerSecond() == 0) {
            return Admission.ADMITTED;
        }
        long now = scheduler.now();
        Source source = source(address);
        if (source.fresh.take(now)) {
            return Admission.ADMITTED;
        }
        tooMany(source, address);
        if (now - source.saidAt < SAY_EVERY_MS) {
            return Admission.DROPPED;
        }
        source.saidAt = now;
        return Admission.REFUSED;
    }

    /** Runs for every packet of a flood: the line is not even made if it is not to be said. */
    private void tooMany(Source source, InetAddress address) {
        counters.count(Event.RATE_LIMITED);
        if (source.logged) {
            return;
        }
        source.logged = true;
        scheduler.after(LOG_EVERY_MS, () -> source.logged = false);
        log.warn(
                "flood",
                address.getHostAddress(),
                address.getHostAddress() + " sends more than " + rules.requestsPerSecond()
                        + " requests a second: the rest is dropped");
    }

    int remembered() {
        return sources.size();
    }

    private Source source(InetAddress address) {
        InetAddress key = key(address);
        Source known = sources.get(key);
        if (known == null) {
            boolean stranger = rules.isStranger(address);
            boolean listed = !stranger && !rules.allowed().isEmpty();
            known = new Source(rules.requestsPerSecond(), listed, stranger, scheduler.now());
            sources.put(key, known);
        }
        return known;
    }

    /** Who has one IPv6 address has 2^64 of them. */
    private static InetAddress key(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] network = address.getAddress();
        Arrays.fill(network, 8, 16, (byte) 0);
        try {
            return InetAddress.getByAddress(network);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of a strange length", e);
        }
    }
}
