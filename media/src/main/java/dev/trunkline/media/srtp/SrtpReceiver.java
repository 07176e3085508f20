package dev.trunkline.media.srtp;

import org.jspecify.annotations.Nullable;

/**
 * Checks and opens what the peer sends, in place (RFC 3711, 3.3 and 3.4): the index is estimated from the sequence number
 * (3.3.1), what has been seen is refused, and nothing of a packet is believed before its tag is right. Each source has
 * a count of its own; of many, those heard least recently are forgotten. Allocates nothing per packet of a known source. For
 * one thread.
 */
public final class SrtpReceiver {

    /** Returned for a packet that is not to be used. */
    public static final int REFUSED = -1;

    private static final int SOURCES = 8;
    private static final int REPORT_HEADER = 8;
    private static final long CYCLE = 1L << 16;

    private static final class Source {
        private final int ssrc;
        private final ReplayWindow sound = new ReplayWindow();
        private final ReplayWindow reports = new ReplayWindow();

        Source(int ssrc) {
            this.ssrc = ssrc;
        }
    }

    private final SrtpKey master;
    private final SessionKeys sound;
    private final SessionKeys reports;
    private final @Nullable Source[] sources = new Source[SOURCES];

    /** Before the first packet. */
    public SrtpReceiver(SrtpKey master) {
        this.master = master;
        this.sound = new SessionKeys(master, SessionKeys.SOUND);
        this.reports = new SessionKeys(master, SessionKeys.REPORTS);
    }

    /** What it opens with. */
    public SrtpKey key() {
        return master;
    }

    /**
     * Opens an SRTP packet.
     *
     * @return the length of the RTP packet, or {@link #REFUSED} if it is not authentic or has been seen
     */
    public int open(byte[] data, int length) {
        int body = length - master.suite().tagLength();
        int header = SrtpPacket.headerLength(data, body);
        if (header < 0) {
            return REFUSED;
        }
        int ssrc = SrtpPacket.word(data, 8);
        Source source = find(ssrc);
        long index = estimate(SrtpPacket.sequence(data), source == null ? -1 : source.sound.highest());
        if (index < 0 || source != null && source.sound.isOld(index)) {
            return REFUSED;
        }
        byte[] tag = sound.authentication().tag(data, body, (int) (index >> 16));
        if (!SessionKeys.equal(tag, data, body, length - body)) {
            return REFUSED;
        }
        sound.apply(ssrc, index, data, header, body - header);
        (source == null ? remember(ssrc) : source).sound.note(index);
        return body;
    }

    /** The index nearest to the highest so far (RFC 3711, appendix A); negative if it would lie before the beginning. */
    static long estimate(int sequence, long highest) {
        if (highest < 0) {
            return sequence;
        }
        long index = highest & ~(CYCLE - 1) | sequence;
        long distance = index - highest;
        if (distance > CYCLE / 2) {
            return index - CYCLE;
        }
        return distance < -CYCLE / 2 ? index + CYCLE : index;
    }

    /**
     * Opens an SRTCP packet.
     *
     * @return the length of the RTCP packet, or {@link #REFUSED} if it is not authentic or has been seen
     */
    public int openReport(byte[] data, int length) {
        int body = length - SrtpSuite.REPORT_TAG - 4;
        if (body < REPORT_HEADER) {
            return REFUSED;
        }
        int marked = SrtpPacket.word(data, body);
        int index = marked & 0x7FFF_FFFF;
        int ssrc = SrtpPacket.word(data, 4);
        Source source = find(ssrc);
        if (source != null && source.reports.isOld(index)) {
            return REFUSED;
        }
        byte[] tag = reports.authentication().tag(data, body + 4);
        if (!SessionKeys.equal(tag, data, body + 4, SrtpSuite.REPORT_TAG)) {
            return REFUSED;
        }
        if (marked < 0) {
            reports.apply(ssrc, index, data, REPORT_HEADER, body - REPORT_HEADER);
        }
        (source == null ? remember(ssrc) : source).reports.note(index);
        return body;
    }

    private @Nullable Source find(int ssrc) {
        for (int i = 0; i < SOURCES; i++) {
            Source source = sources[i];
            if (source != null && source.ssrc == ssrc) {
                for (int j = i; j > 0; j--) {
                    sources[j] = sources[j - 1];
                }
                sources[0] = source;
                return source;
            }
        }
        return null;
    }

    /** Only an authentic packet gets here: strangers push nobody out. */
    private Source remember(int ssrc) {
        System.arraycopy(sources, 0, sources, 1, SOURCES - 1);
        Source source = new Source(ssrc);
        sources[0] = source;
        return source;
    }
}
