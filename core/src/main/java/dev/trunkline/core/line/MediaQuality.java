package dev.trunkline.core.line;

/**
 * How the sound of a leg has fared so far.
 *
 * @param packetsReceived packets taken
 * @param packetsLost packets that never came or came too late
 * @param packetsLate packets that came after their turn
 * @param packetsSent packets sent
 * @param jitterMillis interarrival jitter of RFC 3550
 * @param underruns frames of silence sent inside an utterance because no sound was there
 */
public record MediaQuality(
        long packetsReceived,
        long packetsLost,
        long packetsLate,
        long packetsSent,
        double jitterMillis,
        long underruns) {

    /** Nothing measured. */
    public static final MediaQuality NONE = new MediaQuality(0, 0, 0, 0, 0, 0);
}
