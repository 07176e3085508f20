package dev.trunkline.sound;

import java.time.Duration;
import java.util.Objects;

/**
 * What a run of audio bytes means. Sound always carries its format, so that a conversion is either visible or needless.
 *
 * @param encoding how one sample is written
 * @param sampleRate samples a second and channel, 1 to 192,000
 * @param channels interleaved channels, 1 or more
 */
public record AudioFormat(Encoding encoding, int sampleRate, int channels) {

    /** Mu-law at 8 kHz, one channel: PCMU on the telephone's wire. */
    public static final AudioFormat MULAW_8K = new AudioFormat(Encoding.MULAW, 8_000, 1);

    /** A-law at 8 kHz, one channel: PCMA on the telephone's wire. */
    public static final AudioFormat ALAW_8K = new AudioFormat(Encoding.ALAW, 8_000, 1);

    /** Linear 16-bit at 8 kHz, one channel. */
    public static final AudioFormat PCM_8K = pcm(8_000);

    /** Linear 16-bit at 16 kHz, one channel: what speech models take. */
    public static final AudioFormat PCM_16K = pcm(16_000);

    public AudioFormat {
        Objects.requireNonNull(encoding, "encoding");
        if (sampleRate < 1 || sampleRate > 192_000) {
            throw new IllegalArgumentException("sample rate out of range: " + sampleRate);
        }
        if (channels < 1) {
            throw new IllegalArgumentException("channels out of range: " + channels);
        }
    }

    /** Linear 16-bit, one channel, at the rate given in Hz. */
    public static AudioFormat pcm(int sampleRate) {
        return new AudioFormat(Encoding.PCM16, sampleRate, 1);
    }

    /** Bytes of one sample of all channels. */
    public int bytesPerFrame() {
        return encoding.bytesPerSample() * channels;
    }

    /** Samples (of each channel) in that many bytes; an incomplete last sample does not count. */
    public int samplesIn(int bytes) {
        return bytes / bytesPerFrame();
    }

    /** How long that many samples (of each channel) sound. */
    public Duration durationOf(long samples) {
        return Duration.ofNanos(Math.multiplyExact(samples, 1_000_000_000L) / sampleRate);
    }

    /** Samples (of each channel) that sound for that long, rounded down. */
    public long samplesIn(Duration duration) {
        return duration.toNanos() / 1_000L * sampleRate / 1_000_000L;
    }
}
