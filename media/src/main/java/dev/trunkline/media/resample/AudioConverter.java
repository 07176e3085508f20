package dev.trunkline.media.resample;

import dev.trunkline.media.codec.G711;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.Encoding;
import java.util.Arrays;
import java.util.Objects;

/**
 * Turns one stream of sound into another format, piece by piece: law to linear, channels to as many as wanted (fewer or
 * more by way of their mean), rate, linear to law. What needs no change passes untouched, and from one law to the other
 * it goes by table. Aligned in time like {@link Resampler}. For one stream and one thread.
 */
public final class AudioConverter {

    private static final int BLOCK = 1_024;

    private final AudioFormat from;
    private final AudioFormat to;
    private final boolean identity;
    private final boolean lawToLaw;
    private final int lanes;
    private final Resampler[] resamplers;
    private final short[] linear;
    private final short[] resampled;

    /**
     * @param from what comes in
     * @param to what is wanted
     * @throws IllegalArgumentException if the rates don't go together, see {@link Resampler}
     */
    public AudioConverter(AudioFormat from, AudioFormat to) {
        this.from = Objects.requireNonNull(from, "from");
        this.to = Objects.requireNonNull(to, "to");
        identity = from.equals(to);
        lawToLaw = !identity
                && from.sampleRate() == to.sampleRate()
                && from.channels() == to.channels()
                && from.encoding() != Encoding.PCM16
                && to.encoding() != Encoding.PCM16;
        lanes = from.channels() == to.channels() ? from.channels() : 1;
        resamplers = new Resampler[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            resamplers[lane] = new Resampler(from.sampleRate(), to.sampleRate());
        }
        linear = new short[identity || lawToLaw ? 0 : BLOCK];
        resampled = new short[identity || lawToLaw ? 0 : resamplers[0].maxOutput(BLOCK)];
    }

    /** What comes in. */
    public AudioFormat from() {
        return from;
    }

    /** What goes out. */
    public AudioFormat to() {
        return to;
    }

    /** The most bytes that so many bytes of input can yield; {@code flush} yields at most {@code maxOutput(0)}. */
    public int maxOutput(int bytes) {
        return identity || lawToLaw ? bytes : resamplers[0].maxOutput(from.samplesIn(bytes)) * to.bytesPerFrame();
    }

    /**
     * Converts the next piece.
     *
     * @return a chunk of the wanted format; the same one where nothing is to be done; possibly empty, as the look-ahead
     *     keeps some sound back
     * @throws IllegalArgumentException if the chunk's format is not the one that comes in
     */
    public AudioChunk convert(AudioChunk chunk) {
        if (!chunk.format().equals(from)) {
            throw new IllegalArgumentException("expected " + from + ", got " + chunk.format());
        }
        if (identity) {
            return chunk;
        }
        byte[] out = new byte[maxOutput(chunk.data().length)];
        int length = convert(chunk.data(), 0, chunk.data().length, out, 0);
        return new AudioChunk(to, length == out.length ? out : Arrays.copyOf(out, length));
    }

    /** The stream ends: the sound that was kept back, perhaps none. Afterwards another stream can begin. */
    public AudioChunk flush() {
        byte[] out = new byte[maxOutput(0)];
        return new AudioChunk(to, Arrays.copyOf(out, flush(out, 0)));
    }

    /**
     * Converts the next piece without allocating.
     *
     * @param len whole samples of all channels
     * @return bytes written, up to {@link #maxOutput}
     */
    public int convert(byte[] in, int off, int len, byte[] out, int outOff) {
        Objects.checkFromIndexSize(off, len, in.length);
        if (len % from.bytesPerFrame() != 0) {
            throw new IllegalArgumentException(len + " bytes are not whole samples of " + from);
        }
        if (identity) {
            System.arraycopy(in, off, out, outOff, len);
            return len;
        }
        if (lawToLaw) {
            if (from.encoding() == Encoding.MULAW) {
                G711.mulawToAlaw(in, off, len, out, outOff);
            } else {
                G711.alawToMulaw(in, off, len, out, outOff);
            }
            return len;
        }
        int samples = from.samplesIn(len);
        int written = 0;
        for (int done = 0; done < samples; ) {
            int block = Math.min(BLOCK, samples - done);
            int count = 0;
            for (int lane = 0; lane < lanes; lane++) {
                decode(in, off + done * from.bytesPerFrame(), block, lane);
                count = resamplers[lane].process(linear, 0, block, resampled, 0);
                encode(count, lane, out, outOff + written);
            }
            written += count * to.bytesPerFrame();
            done += block;
        }
        return written;
    }

    /**
     * The stream ends, without allocating.
     *
     * @return bytes written, up to {@code maxOutput(0)}
     */
    public int flush(byte[] out, int outOff) {
        if (identity || lawToLaw) {
            return 0;
        }
        int count = 0;
        for (int lane = 0; lane < lanes; lane++) {
            count = resamplers[lane].flush(resampled, 0);
            encode(count, lane, out, outOff);
        }
        return count * to.bytesPerFrame();
    }

    private void decode(byte[] in, int off, int samples, int lane) {
        int stride = from.bytesPerFrame();
        int width = from.encoding().bytesPerSample();
        if (lanes == from.channels()) {
            for (int i = 0; i < samples; i++) {
                linear[i] = sample(in, off + i * stride + lane * width);
            }
            return;
        }
        int channels = from.channels();
        for (int i = 0; i < samples; i++) {
            int sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += sample(in, off + i * stride + c * width);
            }
            linear[i] = (short) Math.round((float) sum / channels);
        }
    }

    private short sample(byte[] in, int at) {
        return switch (from.encoding()) {
            case PCM16 -> (short) ((in[at] & 0xFF) | in[at + 1] << 8);
            case MULAW -> G711.mulawToLinear(in[at]);
            case ALAW -> G711.alawToLinear(in[at]);
        };
    }

    private void encode(int samples, int lane, byte[] out, int off) {
        int width = to.encoding().bytesPerSample();
        int channels = to.channels();
        int first = lanes == channels ? lane : 0;
        int last = lanes == channels ? lane : channels - 1;
        for (int c = first; c <= last; c++) {
            for (int i = 0; i < samples; i++) {
                write(resampled[i], out, off + (i * channels + c) * width);
            }
        }
    }

    private void write(short sample, byte[] out, int at) {
        switch (to.encoding()) {
            case PCM16 -> {
                out[at] = (byte) sample;
                out[at + 1] = (byte) (sample >> 8);
            }
            case MULAW -> out[at] = G711.linearToMulaw(sample);
            case ALAW -> out[at] = G711.linearToAlaw(sample);
        }
    }
}
