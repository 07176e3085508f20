package dev.trunkline.media.codec;

import java.util.List;
import java.util.Optional;

/**
 * The codecs that we speak. Opus counts only where this machine has libopus.
 *
 * <p>Their usual order is that of what an agent gains: G.722 gives recognition the whole band of speech for next to
 * nothing; Opus gives the same and bears loss better, but takes five times the processor; G.711 is what everybody has.
 */
public final class Codecs {

    /** G.711 mu-law, payload type 0. */
    public static final CodecType PCMU = new CodecType(Pcmu.NAME, Pcmu.PAYLOAD_TYPE, 8_000, 8_000, Pcmu::new);

    /** G.711 A-law, payload type 8. */
    public static final CodecType PCMA = new CodecType(Pcma.NAME, Pcma.PAYLOAD_TYPE, 8_000, 8_000, Pcma::new);

    /** G.722, payload type 9: 16 kHz with a clock of 8 kHz. */
    public static final CodecType G722 = new CodecType("G722", 9, 8_000, 16_000, G722::new);

    /** Opus, payload type dynamic: 16 kHz with a clock of 48 kHz. Only to be used if it is among {@link #all()}. */
    public static final CodecType OPUS = new CodecType(
            Opus.NAME, Opus.PAYLOAD_TYPE, OpusPacket.CLOCK_RATE, Opus.SAMPLE_RATE, 2, Opus.PARAMETERS, Opus::new);

    private static final List<CodecType> KNOWN = List.of(G722, OPUS, PCMU, PCMA);

    private Codecs() {}

    /** Every codec of this build, in the order of our preference, whether this machine has what it needs or not. */
    public static List<CodecType> known() {
        return KNOWN;
    }

    /** Every codec that can be used here, in the order of our preference. */
    public static List<CodecType> all() {
        return usable(KNOWN);
    }

    /** Those that can be used here, in their order. */
    public static List<CodecType> usable(List<CodecType> wanted) {
        return wanted.stream()
                .filter(type -> type != OPUS || Opus.isAvailable())
                .toList();
    }

    /** The codec with that static payload type; empty for those we don't speak and for dynamic ones. */
    public static Optional<CodecType> byPayloadType(int payloadType) {
        return KNOWN.stream()
                .filter(t -> t != OPUS && t.payloadType() == payloadType)
                .findFirst();
    }

    /** The codec of an {@code a=rtpmap} line; names compare without case. */
    public static Optional<CodecType> byName(String name, int clockRate) {
        return all().stream()
                .filter(t -> t.name().equalsIgnoreCase(name) && t.clockRate() == clockRate)
                .findFirst();
    }
}
