package dev.trunkline.caller.wire;

import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.codec.Codecs;
import java.util.Optional;

/** The codecs by the numbers that the caller gives them in its offers: those of RFC 3551, and 111 for Opus. Stateless. */
public final class OfferedCodecs {

    private OfferedCodecs() {}

    /** The codec of that number; empty if we don't speak it. */
    public static Optional<CodecType> byPayloadType(int payloadType) {
        return Codecs.all().stream()
                .filter(codec -> codec.payloadType() == payloadType)
                .findFirst();
    }
}
