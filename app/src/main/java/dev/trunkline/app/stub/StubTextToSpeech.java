package dev.trunkline.app.stub;

import dev.trunkline.core.speech.SpeechRequest;
import dev.trunkline.core.speech.Synthesis;
import dev.trunkline.core.speech.SynthesisEvent;
import dev.trunkline.core.speech.SynthesisListener;
import dev.trunkline.core.speech.TextToSpeech;
import dev.trunkline.media.tone.CallSign;
import dev.trunkline.media.tone.CallSignTones;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.SpokenChunk;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says every text in two seconds of tones: the call sign ({@link CallSign}) that the text names, or that of caller 0, turn 0.
 * The sound comes in pieces of 200 ms, as fast as they can be made. Thread-safe.
 */
public final class StubTextToSpeech implements TextToSpeech {

    private static final Pattern SIGN = Pattern.compile("caller (\\d{1,5}) turn (\\d{1,4})");
    private static final CallSign NOBODY = new CallSign(0, 0);

    private static final int FRAMES = 100;
    private static final int FRAMES_A_CHUNK = 10;
    private static final int FRAME_BYTES = 2 * CallSignTones.FRAME;

    /** Clearly audible, below speech. */
    private static final int PEAK = 6_000;

    private final Executor executor;
    private final byte[][] tones = new byte[CallSign.TONES][];

    /** @param executor where sound is made: customarily a virtual thread each */
    public StubTextToSpeech(Executor executor) {
        this.executor = executor;
        for (int tone = 0; tone < tones.length; tone++) {
            tones[tone] =
                    AudioChunk.ofPcm(CallSignTones.frame(tone, PEAK), 8_000).data();
        }
    }

    @Override
    public String name() {
        return "stub";
    }

    @Override
    public AudioFormat format() {
        return AudioFormat.PCM_8K;
    }

    @Override
    public Synthesis speak(SpeechRequest request, SynthesisListener listener) {
        AtomicBoolean cancelled = new AtomicBoolean();
        executor.execute(() -> {
            int[] row = sign(request.text()).tones();
            int characters = request.text().length();
            for (int frame = 0; frame < FRAMES && !cancelled.get(); frame += FRAMES_A_CHUNK) {
                listener.on(new SynthesisEvent.Spoken(new SpokenChunk(
                        new AudioChunk(AudioFormat.PCM_8K, sound(row, frame)),
                        characters * frame / FRAMES,
                        characters * (frame + FRAMES_A_CHUNK) / FRAMES,
                        true)));
            }
            if (!cancelled.get()) {
                listener.on(new SynthesisEvent.Finished());
            }
        });
        return () -> cancelled.set(true);
    }

    private byte[] sound(int[] row, int from) {
        byte[] sound = new byte[FRAMES_A_CHUNK * FRAME_BYTES];
        for (int i = 0; i < FRAMES_A_CHUNK; i++) {
            System.arraycopy(tones[CallSign.toneAt(row, from + i)], 0, sound, i * FRAME_BYTES, FRAME_BYTES);
        }
        return sound;
    }

    private static CallSign sign(String text) {
        Matcher matcher = SIGN.matcher(text);
        if (!matcher.find()) {
            return NOBODY;
        }
        int caller = Integer.parseInt(matcher.group(1));
        int turn = Integer.parseInt(matcher.group(2));
        return caller < CallSign.CALLERS && turn < CallSign.TURNS ? new CallSign(caller, turn) : NOBODY;
    }
}
