package dev.trunkline.media.engine;

import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.codec.Codecs;
import java.util.Objects;

/**
 * A payload type and the codec that it stands for.
 *
 * @param payloadType 0 to 127, as agreed on
 * @param codec of 8 kHz samples and clock: PCMU or PCMA
 */
public record AudioPayload(int payloadType, CodecType codec) {

    /** PCMU with its static payload type (RFC 3551). */
    public static final AudioPayload PCMU = new AudioPayload(0, Codecs.PCMU);

    /** PCMA with its static payload type (RFC 3551). */
    public static final AudioPayload PCMA = new AudioPayload(8, Codecs.PCMA);

    public AudioPayload {
        Objects.requireNonNull(codec, "codec");
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("payload type out of range: " + payloadType);
        }
        if (codec.sampleRate() != 8_000 || codec.clockRate() != 8_000) {
            throw new IllegalArgumentException("not at 8 kHz: " + codec.name());
        }
    }
}
