package dev.trunkline.media.codec;

import java.util.Objects;

/**
 * A codec that can be offered, and the way to make one for a stream. Immutable, for all threads.
 *
 * @param name the encoding name of SDP
 * @param payloadType the static payload type of RFC 3551, or the dynamic one that we offer
 * @param clockRate rate of the RTP timestamps in Hz
 * @param sampleRate rate of the samples in Hz
 * @param channels as SDP writes them; the sound is of one in any case
 * @param parameters format parameters that we offer, empty if there are none
 * @param maker makes an instance for a stream
 */
public record CodecType(
        String name, int payloadType, int clockRate, int sampleRate, int channels, String parameters, Maker maker) {

    /** Makes codecs. */
    @FunctionalInterface
    public interface Maker {

        /**
         * A fresh codec.
         *
         * @param payloadType the agreed one
         * @param parameters the format parameters of the far side, empty if it gave none
         */
        Codec make(int payloadType, String parameters);
    }

    public CodecType {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(maker, "maker");
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("payload type out of range: " + payloadType);
        }
        if (clockRate < 1 || sampleRate < 1 || channels < 1) {
            throw new IllegalArgumentException("out of range: " + clockRate + ", " + sampleRate + ", " + channels);
        }
    }

    /** One without parameters. */
    public CodecType(String name, int payloadType, int clockRate, int sampleRate, IntMaker maker) {
        this(name, payloadType, clockRate, sampleRate, 1, "", (type, parameters) -> maker.make(type));
    }

    /** Makes codecs that have no parameters. */
    @FunctionalInterface
    public interface IntMaker {

        /** A fresh codec with the agreed payload type. */
        Codec make(int payloadType);
    }

    /** A fresh codec with the usual payload type. */
    public Codec create() {
        return maker.make(payloadType, "");
    }

    /** A fresh codec with the payload type that the far side gave it. */
    public Codec create(int agreedPayloadType) {
        return maker.make(agreedPayloadType, "");
    }

    /** A fresh codec with the payload type and the format parameters of the far side. */
    public Codec create(int agreedPayloadType, String theirParameters) {
        return maker.make(agreedPayloadType, theirParameters);
    }

    /** The name as it is written, with the rates where they tell more. */
    @Override
    public String toString() {
        return name + "/" + clockRate;
    }
}
