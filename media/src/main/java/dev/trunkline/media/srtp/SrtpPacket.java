package dev.trunkline.media.srtp;

/** The few fields of RTP and RTCP headers that protection needs. */
final class SrtpPacket {

    private static final int FIXED = 12;

    private SrtpPacket() {}

    /** Bytes up to the payload, with sources and extension; -1 if the packet is shorter or no RTP. */
    static int headerLength(byte[] data, int length) {
        if (length < FIXED || (data[0] & 0xC0) != 0x80) {
            return -1;
        }
        int header = FIXED + 4 * (data[0] & 0x0F);
        if ((data[0] & 0x10) != 0) {
            if (length < header + 4) {
                return -1;
            }
            header += 4 + 4 * ((data[header + 2] & 0xFF) << 8 | data[header + 3] & 0xFF);
        }
        return header <= length ? header : -1;
    }

    static int sequence(byte[] data) {
        return (data[2] & 0xFF) << 8 | data[3] & 0xFF;
    }

    static int word(byte[] data, int at) {
        return (data[at] & 0xFF) << 24 | (data[at + 1] & 0xFF) << 16 | (data[at + 2] & 0xFF) << 8 | data[at + 3] & 0xFF;
    }

    static void putWord(byte[] data, int at, int word) {
        data[at] = (byte) (word >> 24);
        data[at + 1] = (byte) (word >> 16);
        data[at + 2] = (byte) (word >> 8);
        data[at + 3] = (byte) word;
    }
}
