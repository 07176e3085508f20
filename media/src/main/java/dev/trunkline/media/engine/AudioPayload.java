package dev.trunkline.media.engine;

import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.codec.Codecs;
import java.util.Objects;

/**
 * A payload type and the codec that it stands for.
 *
 * @param payloadType 0 to 127, as agreed on
 * @param codec of samples and a clock of whole multiples of 8 kHz, up to 48 kHz
 * @param parameters the far side's format parameters, which we heed in sending; empty if there are none
 */
public record AudioPayload(int payloadType, CodecType codec, String parameters) {

    /** PCMU with its static payload type (RFC 3551). */
    public static final AudioPayload PCMU = new AudioPayload(0, Codecs.PCMU);

    /** PCMA with its static payload type (RFC 3551). */
    public static final AudioPayload PCMA = new AudioPayload(8, Codecs.PCMA);

    /** G.722 with its static payload type (RFC 3551). */
    public static final AudioPayload G722 = new AudioPayload(9, Codecs.G722);

    /** Without parameters. */
    public AudioPayload(int payloadType, CodecType codec) {
        this(payloadType, codec, "");
    }

    public AudioPayload {
        Objects.requireNonNull(parameters, "parameters");
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
