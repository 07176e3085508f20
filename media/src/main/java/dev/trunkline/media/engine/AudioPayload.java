package dev.trunkline.media.engine;

import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.codec.Codecs;
import java.util.Objects;

/**
 * A payload type and the codec that it stands for.
 *
 * @param payloadType 0 to 127, as agreed on
 * @param codec of samples and a clock of whole multiples of 8 kHz, up to 48 kHz
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
        if (!fits(codec.sampleRate()) || !fits(codec.clockRate())) {
            throw new IllegalArgumentException(
                    "rates of " + codec.name() + ": " + codec.sampleRate() + " Hz, clock " + codec.clockRate() + " Hz");
        }
    }

    private static boolean fits(int rate) {
        return rate % 8_000 == 0 && rate <= 48_000;
    }
}
