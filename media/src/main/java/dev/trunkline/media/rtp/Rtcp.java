package dev.trunkline.media.rtp;

/** Tells RTCP from RTP on a shared port (RFC 5761). */
public final class Rtcp {

    private static final int MIN_LENGTH = 8;

    private Rtcp() {}

    /** Whether the datagram is RTCP: version 2 and a packet type of 192 to 223. */
    public static boolean isRtcp(byte[] buf, int off, int len) {
        if (len < MIN_LENGTH || (buf[off] & 0xC0) != 0x80) {
            return false;
        }
        int type = buf[off + 1] & 0xFF;
        return type >= 192 && type <= 223;
    }
}
