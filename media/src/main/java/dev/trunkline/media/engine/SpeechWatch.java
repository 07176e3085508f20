package dev.trunkline.media.engine;

import dev.trunkline.media.resample.FrameResampler;
import dev.trunkline.media.vad.VoiceStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives the sound of a session to those who judge it at 8 kHz: voice activity, as a telephone's band tells speech from other
 * sound at half the price, and keys that come as tones. Of the shard's thread; allocates nothing per packet.
 */
final class SpeechWatch {

    private static final int JUDGED_RATE = 8_000;

    private final VoiceStream voice;
    private final ToneDigits tones;
    private @Nullable FrameResampler resampler;
    private short[] judged = new short[0];
    private long position;

    SpeechWatch(VoiceStream voice, ToneDigits tones) {
        this.voice = voice;
        this.tones = tones;
    }

    /** The next sound; made up or not. */
    void hear(short[] samples, int length, int rate, boolean madeUp, long arrivalNanos) {
        if (rate == JUDGED_RATE) {
            give(samples, length, madeUp, arrivalNanos);
            return;
        }
        FrameResampler to = resampler;
        if (to == null || to.inRate() != rate) {
            to = new FrameResampler(rate, JUDGED_RATE);
            resampler = to;
        }
        if (judged.length < to.maxOutput(length)) {
            judged = new short[to.maxOutput(length)];
        }
        give(judged, to.process(samples, 0, length, judged, 0), madeUp, arrivalNanos);
    }

    private void give(short[] samples, int length, boolean madeUp, long arrivalNanos) {
        tones.heard(samples, length, madeUp);
        voice.hear(samples, length, position, arrivalNanos);
        position += length;
    }
}
