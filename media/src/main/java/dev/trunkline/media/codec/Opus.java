package dev.trunkline.media.codec;

import java.lang.ref.Cleaner;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opus (RFC 6716) by libopus: speech in one channel at 16 kHz, which is what recognition hears and synthesis speaks; a
 * stream with more is decoded to that. Its RTP clock runs at 48 kHz always (RFC 7587). A packet with more than one
 * channel is mixed down.
 *
 * <p>The native memory of encoder (some 25 kB) and decoder (some 20 kB) is taken with the first packet of either
 * direction and freed by {@link #close}; should that be forgotten, by the garbage collector.
 */
public final class Opus implements Codec {

    static final String NAME = "opus";

    /** Dynamic; the number that most software offers. */
    static final int PAYLOAD_TYPE = 111;

    static final int SAMPLE_RATE = 16_000;

    /** What we tell the far side: more than 16 kHz is lost on us and not sent, and we use what packets repeat. */
    static final String PARAMETERS = "maxplaybackrate=16000;sprop-maxcapturerate=16000;useinbandfec=1";

    private static final Cleaner CLEANER = Cleaner.create();

    private final int payloadType;
    private final OpusSettings settings;
    private @Nullable OpusEncoder encoder;
    private @Nullable OpusDecoder decoder;
    private Cleaner.@Nullable Cleanable encoderMemory;
    private Cleaner.@Nullable Cleanable decoderMemory;

    /**
     * For a stream.
     *
     * @param parameters format parameters of the far side's description, empty if there are none
     * @throws IllegalStateException if there is no libopus
     */
    Opus(int payloadType, String parameters) {
        if (!isAvailable()) {
            throw new IllegalStateException("there is no libopus on this machine");
        }
        this.payloadType = payloadType;
        this.settings = OpusSettings.of(parameters);
    }

    /** Whether this machine has libopus. */
    public static boolean isAvailable() {
        return OpusLibrary.isPresent();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int payloadType() {
        return payloadType;
    }

    @Override
    public int clockRate() {
        return OpusPacket.CLOCK_RATE;
    }

    @Override
    public int sampleRate() {
        return SAMPLE_RATE;
    }

    @Override
    public int clockUnits(byte[] src, int off, int len) {
        Objects.checkFromIndexSize(off, len, src.length);
        return OpusPacket.clockUnits(src, off, len);
    }

    @Override
    public boolean packs(int millis) {
        return millis == 10 || millis == 20 || millis == 40 || millis == 60;
    }

    @Override
    public int decode(byte[] src, int off, int len, short[] out, int outOff) {
        int samples = clockUnits(src, off, len) / (OpusPacket.CLOCK_RATE / SAMPLE_RATE);
        Objects.checkFromIndexSize(outOff, samples, out.length);
        return samples == 0 ? 0 : decoder().decode(src, off, len, out, outOff);
    }

    @Override
    public int recover(byte[] next, int off, int len, short[] out, int outOff, int samples) {
        Objects.checkFromIndexSize(outOff, samples, out.length);
        // only whole frames of 2.5 ms
        int whole = samples - samples % (SAMPLE_RATE / 400);
        return whole == 0 || clockUnits(next, off, len) == 0
                ? 0
                : decoder().recover(next, off, len, whole, out, outOff);
    }

    @Override
    public int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
        Objects.checkFromIndexSize(off, samples, pcm.length);
        Objects.checkIndex(outOff, out.length);
        return encoder().encode(pcm, off, samples, out, outOff);
    }

    @Override
    public void reset() {
        if (decoder != null) {
            decoder.reset();
        }
    }

    private OpusDecoder decoder() {
        OpusDecoder known = decoder;
        if (known == null) {
            OpusDecoder made = new OpusDecoder(SAMPLE_RATE);
            decoder = made;
            decoderMemory = CLEANER.register(this, made::close);
            return made;
        }
        return known;
    }

    private OpusEncoder encoder() {
        OpusEncoder known = encoder;
        if (known == null) {
            OpusEncoder made = new OpusEncoder(SAMPLE_RATE, settings);
            encoder = made;
            encoderMemory = CLEANER.register(this, made::close);
            return made;
        }
        return known;
    }

    @Override
    public void close() {
        Cleaner.Cleanable of = encoderMemory;
        if (of != null) {
            of.clean();
        }
        of = decoderMemory;
        if (of != null) {
            of.clean();
        }
    }
}
