package dev.trunkline.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Objects;

/**
 * A piece of sound with its format. The bytes are not copied: whoever makes a chunk gives them away and never writes to
 * them again, and whoever receives one only reads. With that, chunks may pass between threads.
 *
 * @param format what the bytes mean
 * @param data whole samples of all channels
 */
public record AudioChunk(AudioFormat format, byte[] data) {

    public AudioChunk {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(data, "data");
        if (data.length % format.bytesPerFrame() != 0) {
            throw new IllegalArgumentException(data.length + " bytes are not whole samples of " + format);
        }
    }

    /** A chunk of linear 16-bit samples, one channel. */
    public static AudioChunk ofPcm(short[] samples, int sampleRate) {
        byte[] data = new byte[samples.length * 2];
        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(samples);
        return new AudioChunk(AudioFormat.pcm(sampleRate), data);
    }

    /** Silence of that many samples, linear 16-bit, one channel. */
    public static AudioChunk silence(int samples, int sampleRate) {
        return new AudioChunk(AudioFormat.pcm(sampleRate), new byte[samples * 2]);
    }

    /**
     * The samples as numbers.
     *
     * @throws IllegalStateException if the chunk is not linear 16-bit
     */
    public short[] toPcm() {
        if (format.encoding() != Encoding.PCM16) {
            throw new IllegalStateException("not linear: " + format);
        }
        short[] samples = new short[data.length / 2];
        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    /** Samples of each channel. */
    public int samples() {
        return format.samplesIn(data.length);
    }

    /** How long it sounds. */
    public Duration duration() {
        return format.durationOf(samples());
    }

    /** The format and the size; never the sound itself. */
    @Override
    public String toString() {
        return "AudioChunk[" + format + ", " + samples() + " samples]";
    }
}
