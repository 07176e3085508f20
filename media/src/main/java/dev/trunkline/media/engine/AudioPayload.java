package dev.trunkline.media.engine;

import dev.trunkline.sound.AudioFormat;
import java.util.Objects;

/**
 * A payload type and the sound that it stands for.
 *
 * @param payloadType 0 to 127
 * @param format {@link AudioFormat#MULAW_8K} or {@link AudioFormat#ALAW_8K}
 */
public record AudioPayload(int payloadType, AudioFormat format) {

    /** PCMU with its static payload type (RFC 3551). */
    public static final AudioPayload PCMU = new AudioPayload(0, AudioFormat.MULAW_8K);

    /** PCMA with its static payload type (RFC 3551). */
    public static final AudioPayload PCMA = new AudioPayload(8, AudioFormat.ALAW_8K);

    public AudioPayload {
        Objects.requireNonNull(format, "format");
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("payload type out of range: " + payloadType);
        }
        if (!format.equals(AudioFormat.MULAW_8K) && !format.equals(AudioFormat.ALAW_8K)) {
            throw new IllegalArgumentException("no payload format: " + format);
        }
    }
}
