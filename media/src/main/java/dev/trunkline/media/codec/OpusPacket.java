package dev.trunkline.media.codec;

/** What the first bytes of an Opus packet say (RFC 6716, section 3). Stateless, for all threads. */
final class OpusPacket {

    /** The clock of RTP, whatever rate the sound has (RFC 7587). */
    static final int CLOCK_RATE = 48_000;

    static final int LONGEST_MILLIS = 120;

    private OpusPacket() {}

    /** How long it sounds, in units of the clock; 0 if it breaks the rules. */
    static int clockUnits(byte[] packet, int off, int len) {
        if (len < 1) {
            return 0;
        }
        int contents = packet[off] & 0xFF;
        int frames = switch (contents & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> len < 2 ? 0 : packet[off + 1] & 0x3F;
        };
        int units = frames * frameUnits(contents >> 3);
        return units > CLOCK_RATE / 1_000 * LONGEST_MILLIS ? 0 : units;
    }

    /** SILK has frames of 10 to 60 ms, hybrid of 10 and 20, CELT of 2.5 to 20. */
    private static int frameUnits(int configuration) {
        if (configuration >= 16) {
            return CLOCK_RATE / 400 << (configuration & 3);
        }
        if (configuration >= 12) {
            return CLOCK_RATE / 100 << (configuration & 1);
        }
        int size = configuration & 3;
        return size == 3 ? CLOCK_RATE / 1_000 * 60 : CLOCK_RATE / 100 << size;
    }
}
