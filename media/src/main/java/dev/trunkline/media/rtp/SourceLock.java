package dev.trunkline.media.rtp;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Whose packets belong to a call. With symmetric RTP (RFC 4961) and NAT the real source is often not the one that SDP
 * named, so it is learned from the first valid packets and then locked: a stranger's packets never reach the call.
 *
 * <ul>
 *   <li>A packet from the very address of the SDP locks at once. Any other address must first send
 *       {@value #PACKETS_IN_ROW} packets in a row with one SSRC; these are not handed on, the last one is.
 *   <li>Locked on another address, the SDP's own address still takes over, after as many packets.
 *   <li>The lock moves to anybody else only when the old source has been silent: for {@link #SILENCE_NANOS}, or, after a
 *       re-negotiation, for {@link #RENEGOTIATED_SILENCE_NANOS}.
 * </ul>
 *
 * <p>A new SSRC from the locked address is no change of source. Used by one thread; allocates nothing per packet.
 */
public final class SourceLock {

    /** What to do with a packet. */
    public enum Verdict {
        /** It is the call's. */
        ACCEPTED,
        /** It is the call's, and from now on this address is the source: send there. */
        LOCKED,
        /** Perhaps the source, not proven yet; not for the call. */
        CANDIDATE,
        /** Somebody else's; drop and count it. */
        STRANGER;

        /** Whether the packet goes on into the call. */
        public boolean usable() {
            return this == ACCEPTED || this == LOCKED;
        }
    }

    /** Packets in a row that prove a source which SDP didn't name. */
    public static final int PACKETS_IN_ROW = 3;

    /** Silence of the locked source after which another one may follow it. */
    public static final long SILENCE_NANOS = 2_000_000_000L;

    /** The same after a re-negotiation. */
    public static final long RENEGOTIATED_SILENCE_NANOS = 200_000_000L;

    private static final int CANDIDATES = 4;
    private static final int MAX_STEP = 5;

    private @Nullable SocketAddress advertised;
    private @Nullable SocketAddress locked;
    private int lockedSsrc;
    private long lastHeard;
    private boolean renegotiated;
    private long strangers;

    private final @Nullable SocketAddress[] candidates = new SocketAddress[CANDIDATES];
    private final int[] candidateSsrc = new int[CANDIDATES];
    private final int[] candidateSeq = new int[CANDIDATES];
    private final int[] candidateCount = new int[CANDIDATES];

    /**
     * @param advertised the address in the far side's SDP; null if it isn't known yet
     */
    public SourceLock(@Nullable SocketAddress advertised) {
        this.advertised = advertised;
    }

    /** A valid RTP packet (version, payload type as agreed) came from there. */
    public Verdict onPacket(SocketAddress source, int ssrc, int seq, long nowNanos) {
        if (source.equals(locked)) {
            lockedSsrc = ssrc;
            lastHeard = nowNanos;
            return Verdict.ACCEPTED;
        }
        boolean named = source.equals(advertised);
        if (locked == null && named) {
            return lock(source, ssrc, nowNanos);
        }
        boolean proven = prove(source, ssrc, seq, named);
        if (proven && (locked == null || named || silent(nowNanos))) {
            return lock(source, ssrc, nowNanos);
        }
        if (locked == null || named) {
            return Verdict.CANDIDATE;
        }
        strangers++;
        return Verdict.STRANGER;
    }

    private boolean silent(long nowNanos) {
        return nowNanos - lastHeard >= (renegotiated ? RENEGOTIATED_SILENCE_NANOS : SILENCE_NANOS);
    }

    private Verdict lock(SocketAddress source, int ssrc, long nowNanos) {
        locked = source;
        lockedSsrc = ssrc;
        lastHeard = nowNanos;
        renegotiated = false;
        forgetCandidates();
        return Verdict.LOCKED;
    }

    private boolean prove(SocketAddress source, int ssrc, int seq, boolean named) {
        int slot = -1;
        for (int i = 0; i < CANDIDATES; i++) {
            if (source.equals(candidates[i])) {
                slot = i;
                break;
            }
        }
        if (slot < 0) {
            slot = weakest(named || sameHost(source));
            if (slot < 0) {
                return false;
            }
            candidates[slot] = source;
            candidateCount[slot] = 0;
        }
        int step = (seq - candidateSeq[slot]) & 0xFFFF;
        boolean follows = candidateCount[slot] > 0 && candidateSsrc[slot] == ssrc && step >= 1 && step <= MAX_STEP;
        candidateSsrc[slot] = ssrc;
        candidateSeq[slot] = seq;
        candidateCount[slot] = follows ? candidateCount[slot] + 1 : 1;
        return candidateCount[slot] >= PACKETS_IN_ROW;
    }

    /** A flood from many ports must not push out the candidate at the address that SDP names. */
    private int weakest(boolean trusted) {
        int best = -1;
        for (int i = 0; i < CANDIDATES; i++) {
            SocketAddress candidate = candidates[i];
            if (candidate == null) {
                return i;
            }
            if (!trusted && sameHost(candidate)) {
                continue;
            }
            if (best < 0 || candidateCount[i] < candidateCount[best]) {
                best = i;
            }
        }
        return best;
    }

    private boolean sameHost(SocketAddress source) {
        return advertised instanceof InetSocketAddress named
                && source instanceof InetSocketAddress other
                && named.getAddress() != null
                && named.getAddress().equals(other.getAddress());
    }

    private void forgetCandidates() {
        for (int i = 0; i < CANDIDATES; i++) {
            candidates[i] = null;
            candidateCount[i] = 0;
        }
    }

    /**
     * A new offer and answer were agreed on: the source may move. The present one stays accepted until then.
     *
     * @param nowAdvertised the address in the far side's new SDP
     */
    public void renegotiate(@Nullable SocketAddress nowAdvertised) {
        advertised = nowAdvertised;
        renegotiated = true;
        forgetCandidates();
    }

    /** Where the call's packets come from, and ours go to; null before the first. */
    public @Nullable SocketAddress source() {
        return locked;
    }

    /** The SSRC of the locked source's last packet. */
    public int ssrc() {
        return lockedSsrc;
    }

    /** Packets turned away. */
    public long strangers() {
        return strangers;
    }
}
