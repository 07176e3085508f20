package dev.trunkline.caller.load;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.tone.CallSign;
import dev.trunkline.media.tone.CallSignTones;
import java.util.Random;

/**
 * The payloads that callers send, made once: two seconds of speech, each frame with each tone of a call sign mixed in, and
 * noise for the silence between. Speech is cut off above 2.8 kHz to leave room for the tones. Immutable, for all threads.
 */
public final class QuestionSound {

    /** Frames of 20 ms in a question. */
    public static final int SPEECH_FRAMES = 100;

    /** Frames from the begin of a question to the begin of the next one. */
    public static final int CYCLE_FRAMES = 250;

    static final int FRAME = CallSignTones.FRAME;

    /** Of the speech, root mean square: -22 dBFS. */
    private static final double SPEECH_LEVEL = 0.08 * 32_768;

    /** Of the silence: -55 dBFS. */
    private static final double NOISE_LEVEL = 0.00178 * 32_768;

    /** Of a tone, peak: far below the speech, and clear where the speech has nothing. */
    private static final int TONE_PEAK = 900;

    private static final int NOISE_FRAMES = 251;
    private static final double CUT_OFF = 2_800.0 / 8_000;
    private static final int TAPS = 127;
    private static final int FADE = 40;

    private final byte[][][] speech = new byte[SPEECH_FRAMES][CallSign.TONES][];
    private final byte[][] noise = new byte[NOISE_FRAMES][];

    /**
     * The sound of some speech.
     *
     * @param pcm at 8 kHz, at least two seconds, spoken without long pauses; what is beyond is not used
     * @param codec encodes it
     * @throws IllegalArgumentException if it is too short
     */
    public QuestionSound(short[] pcm, Codec codec) {
        if (pcm.length < SPEECH_FRAMES * FRAME) {
            throw new IllegalArgumentException("two seconds of speech are needed, not " + pcm.length / 8 + " ms");
        }
        double[] voice = levelled(lowPass(pcm));
        for (int frame = 0; frame < SPEECH_FRAMES; frame++) {
            for (int tone = 0; tone < CallSign.TONES; tone++) {
                speech[frame][tone] = encoded(codec, mixed(voice, frame, CallSignTones.frame(tone, TONE_PEAK)));
            }
        }
        Random random = new Random(8_000);
        for (int i = 0; i < noise.length; i++) {
            short[] frame = new short[FRAME];
            for (int s = 0; s < FRAME; s++) {
                frame[s] = (short) Math.round(random.nextGaussian() * NOISE_LEVEL);
            }
            noise[i] = encoded(codec, frame);
        }
    }

    /** A frame of a question with a tone in it; not to be written to. */
    byte[] speech(int frame, int tone) {
        return speech[frame][tone];
    }

    /** A frame of silence, another one for each number; not to be written to. */
    byte[] noise(long number) {
        return noise[(int) (number % NOISE_FRAMES)];
    }

    private static short[] mixed(double[] voice, int frame, short[] tone) {
        short[] mixed = new short[FRAME];
        for (int i = 0; i < FRAME; i++) {
            mixed[i] = (short) Math.clamp(Math.round(voice[frame * FRAME + i] + tone[i]), -32_768, 32_767);
        }
        return mixed;
    }

    private static byte[] encoded(Codec codec, short[] pcm) {
        byte[] payload = new byte[FRAME];
        codec.encode(pcm, 0, FRAME, payload, 0);
        return payload;
    }

    /** A windowed sinc. */
    private static double[] lowPass(short[] pcm) {
        double[] taps = new double[TAPS];
        for (int i = 0; i < TAPS; i++) {
            double x = i - (TAPS - 1) / 2.0;
            double sinc = x == 0 ? 2 * CUT_OFF : Math.sin(2 * Math.PI * CUT_OFF * x) / (Math.PI * x);
            taps[i] = sinc * (0.54 - 0.46 * Math.cos(2 * Math.PI * i / (TAPS - 1)));
        }
        double[] out = new double[SPEECH_FRAMES * FRAME];
        for (int n = 0; n < out.length; n++) {
            double sum = 0;
            for (int i = 0; i < TAPS; i++) {
                int at = n + (TAPS - 1) / 2 - i;
                sum += at >= 0 && at < pcm.length ? taps[i] * pcm[at] : 0;
            }
            out[n] = sum;
        }
        return out;
    }

    /** At the wanted level, with a short fade at both ends. */
    private static double[] levelled(double[] voice) {
        double energy = 0;
        for (double sample : voice) {
            energy += sample * sample;
        }
        double gain = SPEECH_LEVEL / Math.max(1, Math.sqrt(energy / voice.length));
        for (int i = 0; i < voice.length; i++) {
            double edge = Math.min(1, Math.min(i, voice.length - 1 - i) / (double) FADE);
            voice[i] *= gain * edge;
        }
        return voice;
    }
}
