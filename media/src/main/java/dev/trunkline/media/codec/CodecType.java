package dev.trunkline.media.codec;

import java.util.Objects;
import java.util.function.IntFunction;

/**
 * A codec that can be offered, and the way to make one for a stream. Immutable, for all threads.
 *
 * @param name the encoding name of SDP
 * @param payloadType the static payload type of RFC 3551, or the dynamic one that we offer
 * @param clockRate rate of the RTP timestamps in Hz
 * @param sampleRate rate of the samples in Hz
 * @param maker makes an instance for a stream, given the agreed payload type
 */
public record CodecType(String name, int payloadType, int clockRate, int sampleRate, IntFunction<Codec> maker) {

    public CodecType {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(maker, "maker");
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("payload type out of range: " + payloadType);
        }
        if (clockRate < 1 || sampleRate < 1) {
            throw new IllegalArgumentException("rates out of range: " + clockRate + ", " + sampleRate);
        }
    }

    /** A fresh codec with the usual payload type. */
    public Codec create() {
        return maker.apply(payloadType);
    }

    /** A fresh codec with the payload type that the far side gave it. */
    public Codec create(int agreedPayloadType) {
        return maker.apply(agreedPayloadType);
    }
}
