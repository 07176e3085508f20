package dev.trunkline.media.engine;

import dev.trunkline.media.resample.FrameResampler;
import dev.trunkline.media.vad.VoiceStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives the sound of a session to voice activity, which judges at 8 kHz: a telephone's band tells speech from other
 * sound, at half the price. Of the shard's thread; allocates nothing per packet.
 */
final class SpeechWatch {

    private static final int JUDGED_RATE = 8_000;

    private final VoiceStream voice;
    private @Nullable FrameResampler resampler;
    private short[] judged = new short[0];
    private long position;

    SpeechWatch(VoiceStream voice) {
        this.voice = voice;
    }

    void hear(short[] samples, int length, int rate, long arrivalNanos) {
        if (rate == JUDGED_RATE) {
            give(samples, length, arrivalNanos);
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
        give(judged, to.process(samples, 0, length, judged, 0), arrivalNanos);
    }

    private void give(short[] samples, int length, long arrivalNanos) {
        voice.hear(samples, length, position, arrivalNanos);
        position += length;
    }
}
