package dev.trunkline.media.srtp;

/**
 * Protects the packets that one side sends, in place (RFC 3711, 3.3 and 3.4). The roll-over count follows the sequence
 * numbers, which must be sent in order. Allocates nothing per packet. For one thread.
 */
public final class SrtpSender {

    /** Most bytes that protection adds to a packet. */
    public static final int OVERHEAD = 4 + SrtpSuite.REPORT_TAG;

    private static final int REPORT_HEADER = 8;

    private final SrtpKey master;
    private final SessionKeys sound;
    private final SessionKeys reports;
    private int lastSequence = -1;
    private int lastSsrc;
    private int rollOver;
    private int reportIndex;

    /** Before the first packet. */
    public SrtpSender(SrtpKey master) {
        this.master = master;
        this.sound = new SessionKeys(master, SessionKeys.SOUND);
        this.reports = new SessionKeys(master, SessionKeys.REPORTS);
    }

    /** What it protects with. */
    public SrtpKey key() {
        return master;
    }

    /**
     * Protects an RTP packet.
     *
     * @param data from its beginning; has {@link #OVERHEAD} bytes of room behind it
     * @return its new length
     */
    public int protect(byte[] data, int length) {
        int header = SrtpPacket.headerLength(data, length);
        if (header < 0) {
            throw new IllegalArgumentException("no RTP packet");
        }
        int sequence = SrtpPacket.sequence(data);
        int ssrc = SrtpPacket.word(data, 8);
        if (lastSequence >= 0 && ssrc == lastSsrc && sequence < lastSequence && lastSequence - sequence > 0x8000) {
            rollOver++;
        } else if (ssrc != lastSsrc) {
            rollOver = 0;
        }
        lastSequence = sequence;
        lastSsrc = ssrc;
        long index = (rollOver & 0xFFFFFFFFL) << 16 | sequence;
        sound.apply(ssrc, index, data, header, length - header);
        byte[] tag = sound.authentication().tag(data, length, rollOver);
        int tagLength = master.suite().tagLength();
        System.arraycopy(tag, 0, data, length, tagLength);
        return length + tagLength;
    }

    /**
     * Protects a compound RTCP packet.
     *
     * @param data from its beginning; has {@link #OVERHEAD} bytes of room behind it
     * @return its new length
     */
    public int protectReport(byte[] data, int length) {
        int index = reportIndex++ & 0x7FFF_FFFF;
        reports.apply(SrtpPacket.word(data, 4), index, data, REPORT_HEADER, length - REPORT_HEADER);
        SrtpPacket.putWord(data, length, index | 0x8000_0000);
        byte[] tag = reports.authentication().tag(data, length + 4);
        System.arraycopy(tag, 0, data, length + 4, SrtpSuite.REPORT_TAG);
        return length + 4 + SrtpSuite.REPORT_TAG;
    }
}
