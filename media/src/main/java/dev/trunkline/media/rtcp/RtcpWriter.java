package dev.trunkline.media.rtcp;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes one compound packet (RFC 3550, section 6) into somebody else's array, packet behind packet: a report first, then
 * the source description, then perhaps a goodbye. Used by one thread.
 */
public final class RtcpWriter {

    /** Sources or blocks that the five bits of a header can count. */
    public static final int MOST = 31;

    private static final int LONGEST_TEXT = 255;

    private final byte[] out;
    private final int start;
    private int at;

    /** Begins a compound packet at that place; what doesn't fit is an {@link IndexOutOfBoundsException}. */
    public RtcpWriter(byte[] out, int off) {
        Objects.checkFromToIndex(off, out.length, out.length);
        this.out = out;
        start = off;
        at = off;
    }

    /** A report of one who sends; see {@link RtcpPacket.SenderReport}. */
    public RtcpWriter senderReport(
            int ssrc, long ntpTime, int rtpTimestamp, int packets, int octets, List<ReportBlock> blocks) {
        int header = begin(blocks.size(), RtcpReader.SENDER_REPORT);
        word(ssrc);
        word((int) (ntpTime >>> 32));
        word((int) ntpTime);
        word(rtpTimestamp);
        word(packets);
        word(octets);
        blocks(blocks);
        return end(header);
    }

    /** A report of one who only listens. */
    public RtcpWriter receiverReport(int ssrc, List<ReportBlock> blocks) {
        int header = begin(blocks.size(), RtcpReader.RECEIVER_REPORT);
        word(ssrc);
        blocks(blocks);
        return end(header);
    }

    /**
     * A source's canonical name.
     *
     * @param cname in UTF-8, at most 255 bytes
     */
    public RtcpWriter sourceDescription(int ssrc, byte[] cname) {
        if (cname.length > LONGEST_TEXT) {
            throw new IllegalArgumentException("name of " + cname.length + " bytes");
        }
        int header = begin(1, RtcpReader.SOURCE_DESCRIPTION);
        word(ssrc);
        out[at++] = RtcpReader.CNAME;
        text(cname);
        out[at++] = 0;
        fillWord(header);
        return end(header);
    }

    /**
     * A source leaves.
     *
     * @param reason in UTF-8, at most 255 bytes; null for none
     */
    public RtcpWriter goodbye(int ssrc, byte @Nullable [] reason) {
        if (reason != null && reason.length > LONGEST_TEXT) {
            throw new IllegalArgumentException("reason of " + reason.length + " bytes");
        }
        int header = begin(1, RtcpReader.GOODBYE);
        word(ssrc);
        if (reason != null) {
            text(reason);
            fillWord(header);
        }
        return end(header);
    }

    private int begin(int count, int type) {
        if (count > MOST) {
            throw new IllegalArgumentException("too many in one packet: " + count);
        }
        int header = at;
        out[at] = (byte) (0x80 | count);
        out[at + 1] = (byte) type;
        at += 4;
        return header;
    }

    private RtcpWriter end(int header) {
        int words = (at - header) / 4 - 1;
        out[header + 2] = (byte) (words >> 8);
        out[header + 3] = (byte) words;
        return this;
    }

    private void blocks(List<ReportBlock> blocks) {
        for (ReportBlock block : blocks) {
            word(block.ssrc());
            word(block.fractionLost() << 24 | block.cumulativeLost() & 0xFF_FFFF);
            word(block.highestSequence());
            word((int) block.jitterUnits());
            word(block.lastSenderReport());
            word(block.delaySinceLast());
        }
    }

    private void text(byte[] text) {
        out[at++] = (byte) text.length;
        System.arraycopy(text, 0, out, at, text.length);
        at += text.length;
    }

    private void fillWord(int header) {
        while ((at - header) % 4 != 0) {
            out[at++] = 0;
        }
    }

    private void word(int value) {
        out[at] = (byte) (value >> 24);
        out[at + 1] = (byte) (value >> 16);
        out[at + 2] = (byte) (value >> 8);
        out[at + 3] = (byte) value;
        at += 4;
    }

    /** Bytes written so far. */
    public int length() {
        return at - start;
    }
}
