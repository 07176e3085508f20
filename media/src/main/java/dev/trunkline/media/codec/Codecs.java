package dev.trunkline.media.codec;

import java.util.List;
import java.util.Optional;

/** The codecs that this build speaks, best first. */
public final class Codecs {

    /** G.711 mu-law, payload type 0. */
    public static final CodecType PCMU = new CodecType(Pcmu.NAME, Pcmu.PAYLOAD_TYPE, 8_000, 8_000, Pcmu::new);

    /** G.711 A-law, payload type 8. */
    public static final CodecType PCMA = new CodecType(Pcma.NAME, Pcma.PAYLOAD_TYPE, 8_000, 8_000, Pcma::new);

    private static final List<CodecType> ALL = List.of(PCMU, PCMA);

    private Codecs() {}

    /** Every codec, in the order of our preference. */
    public static List<CodecType> all() {
        return ALL;
    }

    /** The codec with that static payload type; empty for those we don't speak and for dynamic ones. */
    public static Optional<CodecType> byPayloadType(int payloadType) {
        return ALL.stream().filter(t -> t.payloadType() == payloadType).findFirst();
    }

    /** The codec of an {@code a=rtpmap} line; names compare without case. */
    public static Optional<CodecType> byName(String name, int clockRate) {
        return ALL.stream()
                .filter(t -> t.name().equalsIgnoreCase(name) && t.clockRate() == clockRate)
                .findFirst();
    }
}
