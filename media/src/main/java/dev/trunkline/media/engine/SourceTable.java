package dev.trunkline.media.engine;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who sends to a shared port: those with a session, those whose session is over and who send on, and, in a table that never
 * grows, those of whom one packet has come. A flood of invented sources overwrites that table and nothing else.
 *
 * <p>Of the shard's thread; looking a source up allocates nothing.
 */
final class SourceTable {

    /** Silence after which one whose session is over is forgotten. */
    static final int SILENCE_MILLIS = 5_000;

    private static final long SILENCE_NANOS = SILENCE_MILLIS * 1_000_000L;
    private static final int UNPROVEN = 1_024;

    /** Between two packets in a row of one source; more is another talk. */
    private static final int MOST_STEP = 5;

    /** One stream of one address. */
    static final class Source {

        final InetSocketAddress address;
        final int ssrc;

        /** Null before it is accepted, and after its end. */
        @Nullable
        RtpSession session;

        boolean over;
        long lastHeard;

        Source(InetSocketAddress address, int ssrc, long now) {
            this.address = address;
            this.ssrc = ssrc;
            lastHeard = now;
        }
    }

    private final Map<InetSocketAddress, List<Source>> byAddress = new HashMap<>();
    private final @Nullable InetSocketAddress[] unproven = new InetSocketAddress[UNPROVEN];
    private final int[] unprovenSsrc = new int[UNPROVEN];
    private final int[] unprovenSequence = new int[UNPROVEN];
    private int over;

    /** The known source; null if it is none. */
    @Nullable
    Source find(InetSocketAddress address, int ssrc) {
        List<Source> there = byAddress.get(address);
        if (there == null) {
            return null;
        }
        for (int i = 0; i < there.size(); i++) {
            if (there.get(i).ssrc == ssrc) {
                return there.get(i);
            }
        }
        return null;
    }

    /** The source of reports about a stream: they may come from another port of the same host. */
    @Nullable
    Source findByHost(InetSocketAddress address, int ssrc) {
        for (List<Source> there : byAddress.values()) {
            for (Source source : there) {
                if (source.ssrc == ssrc && source.address.getAddress().equals(address.getAddress())) {
                    return source;
                }
            }
        }
        return null;
    }

    /** Whether this packet follows another of the same source; if not, it is kept for the next. */
    boolean proves(InetSocketAddress address, int ssrc, int sequence) {
        int slot = (address.hashCode() * 31 + ssrc) * 0x9E3779B9 >>> 22;
        int step = sequence - unprovenSequence[slot] & 0xFFFF;
        boolean follows =
                address.equals(unproven[slot]) && unprovenSsrc[slot] == ssrc && step >= 1 && step <= MOST_STEP;
        unproven[slot] = follows ? null : address;
        unprovenSsrc[slot] = ssrc;
        unprovenSequence[slot] = sequence;
        return follows;
    }

    Source add(InetSocketAddress address, int ssrc, long now) {
        Source source = new Source(address, ssrc, now);
        byAddress.computeIfAbsent(address, key -> new ArrayList<>(1)).add(source);
        return source;
    }

    /** Its session is over. */
    void end(Source source) {
        source.session = null;
        if (!source.over) {
            source.over = true;
            over++;
        }
    }

    /** Forgets those whose session is over and who have fallen silent. */
    void sweep(long now) {
        if (over == 0) {
            return;
        }
        Iterator<List<Source>> each = byAddress.values().iterator();
        while (each.hasNext()) {
            List<Source> there = each.next();
            int before = there.size();
            there.removeIf(source -> source.over && now - source.lastHeard > SILENCE_NANOS);
            over -= before - there.size();
            if (there.isEmpty()) {
                each.remove();
            }
        }
    }

    /** Everybody. */
    List<Source> all() {
        return byAddress.values().stream().flatMap(List::stream).toList();
    }

    /** How many are known whose session is over. */
    int over() {
        return over;
    }
}
