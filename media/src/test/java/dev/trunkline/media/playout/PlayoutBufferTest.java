package dev.trunkline.media.playout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.media.codec.G711;
import dev.trunkline.media.playout.PlayoutBuffer.Frame;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.Encoding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayoutBufferTest {

    private static final int FRAME = 160;

    private final List<String> happened = new ArrayList<>();
    private final PlayoutBuffer playout = new PlayoutBuffer(Duration.ofMinutes(1), new PlayoutListener() {
        @Override
        public void started(long generation) {
            happened.add("started " + generation);
        }

        @Override
        public void held(PlaybackPosition position) {
            happened.add("held " + position.generation() + "@" + position.samplesPlayed());
        }

        @Override
        public void finished(PlaybackPosition position) {
            happened.add("finished " + position.generation() + "@" + position.samplesPlayed());
        }

        @Override
        public void cleared(PlaybackPosition position) {
            happened.add("cleared " + position.generation() + "@" + position.samplesPlayed());
        }
    });
    private final byte[] frame = new byte[2 * FRAME];

    private Frame next() {
        Frame kind = playout.take(frame, 0, FRAME, Encoding.PCM16);
        playout.sent();
        return kind;
    }

    /** Sound in which every sample tells its own index. */
    private static AudioChunk ramp(int from, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) (100 + from + i);
        }
        return AudioChunk.ofPcm(pcm, 8_000);
    }

    private int firstSample() {
        return (short) (frame[0] & 0xFF | frame[1] << 8) - 100;
    }

    private void utterance(long generation, int samples) {
        assertThat(playout.begin(generation, InterruptionPolicy.DEFAULT)).isTrue();
        assertThat(playout.play(generation, ramp(0, samples))).isTrue();
        playout.finish(generation);
    }

    @Test
    void anUtteranceIsPlayedToItsLastSampleAndThenFinished() {
        utterance(1, 400);

        assertThat(next()).isEqualTo(Frame.SOUND);
        assertThat(next()).isEqualTo(Frame.SOUND);
        assertThat(happened).containsExactly("started 1");
        assertThat(next()).isEqualTo(Frame.SOUND);
        assertThat(Arrays.copyOfRange(frame, 160, 320)).containsOnly(0);

        assertThat(happened).containsExactly("started 1", "finished 1@400");
        assertThat(next()).isEqualTo(Frame.IDLE);
        assertThat(playout.position()).isEqualTo(new PlaybackPosition(1, 400, false));
        assertThat(playout.bufferedSamples()).isZero();
    }

    @Test
    void utterancesSoundOneAfterTheOther() {
        utterance(1, 160);
        utterance(2, 160);

        next();
        assertThat(playout.position().generation()).isEqualTo(1);
        next();
        assertThat(playout.position().generation()).isEqualTo(2);
        assertThat(happened).containsExactly("started 1", "finished 1@160", "started 2", "finished 2@160");
    }

    @Test
    void leadingSilenceIsNotYetTheStart() {
        playout.begin(1, InterruptionPolicy.DEFAULT);
        playout.play(1, AudioChunk.silence(320, 8_000));
        playout.play(1, ramp(0, 160));

        next();
        next();
        assertThat(happened).isEmpty();
        next();
        assertThat(happened).containsExactly("started 1");
    }

    @Test
    void anUtteranceThatRunsDryIsCountedAndLosesNothing() {
        playout.begin(1, InterruptionPolicy.DEFAULT);
        playout.play(1, ramp(0, 200));

        assertThat(next()).isEqualTo(Frame.SOUND);
        assertThat(next()).isEqualTo(Frame.UNDERRUN);
        assertThat(next()).isEqualTo(Frame.UNDERRUN);
        playout.play(1, ramp(200, 120));
        assertThat(next()).isEqualTo(Frame.SOUND);

        assertThat(firstSample()).isEqualTo(160);
        assertThat(playout.underruns()).isEqualTo(1);
        assertThat(playout.silentFrames()).isEqualTo(2);
    }

    @Test
    void waitingForTheFirstSoundIsNoUnderrun() {
        playout.begin(1, InterruptionPolicy.DEFAULT);

        assertThat(next()).isEqualTo(Frame.IDLE);
        assertThat(playout.underruns()).isZero();
    }

    @Test
    void aHeldUtteranceGoesOnFromTheLastWord() {
        utterance(1, 1_600);
        next();
        next();
        next();

        playout.hold(1);
        assertThat(next()).isEqualTo(Frame.HELD);
        assertThat(playout.position()).isEqualTo(new PlaybackPosition(1, 480, true));
        assertThat(playout.bufferedSamples()).isEqualTo(1_120);
        playout.resume(1, 200);

        assertThat(next()).isEqualTo(Frame.SOUND);
        assertThat(firstSample()).isEqualTo(200);
        assertThat(playout.position()).isEqualTo(new PlaybackPosition(1, 360, false));
        assertThat(playout.bufferedSamples()).isEqualTo(1_240);
        assertThat(happened).containsExactly("started 1", "held 1@480");
    }

    @Test
    void aResumeNeverLeapsOverWhatWasNotPlayed() {
        utterance(1, 1_600);
        next();
        playout.hold(1);
        next();

        playout.resume(1, 1_000);

        next();
        assertThat(firstSample()).isEqualTo(160);
    }

    @Test
    void aResumeGoesBackNoFurtherThanWhatIsKept() {
        playout.begin(1, InterruptionPolicy.DEFAULT);
        for (int i = 0; i < 500; i++) {
            playout.play(1, ramp(i * 20 % 30_000, FRAME));
        }
        for (int i = 0; i < 400; i++) {
            next();
        }
        playout.hold(1);
        next();

        playout.resume(1, 0);

        next();
        long kept = 400 * FRAME - (playout.position().samplesPlayed() - FRAME);
        assertThat(kept).isBetween(5 * 8_000L, 5 * 8_000L + FRAME);
    }

    @Test
    void aCommitDropsEverythingOlderAndWhatStillComesForIt() {
        utterance(1, 1_600);
        playout.begin(2, InterruptionPolicy.DEFAULT);
        playout.play(2, ramp(0, 1_600));
        next();
        playout.hold(1);
        next();

        playout.commit(3);
        assertThat(playout.play(2, ramp(0, 160))).isFalse();
        assertThat(playout.begin(2, InterruptionPolicy.DEFAULT)).isFalse();

        assertThat(next()).isEqualTo(Frame.IDLE);
        assertThat(happened).containsExactly("started 1", "held 1@160", "cleared 1@160");
        assertThat(playout.bufferedSamples()).isZero();
        assertThat(playout.refusedOld()).isEqualTo(2);
        utterance(3, 160);
        assertThat(next()).isEqualTo(Frame.SOUND);
        assertThat(playout.position()).isEqualTo(new PlaybackPosition(3, 160, false));
    }

    @Test
    void aCommitLeavesTheGenerationThatItNames() {
        utterance(1, 1_600);
        utterance(2, 320);

        playout.commit(2);

        assertThat(next()).isEqualTo(Frame.SOUND);
        assertThat(playout.position().generation()).isEqualTo(2);
    }

    @Test
    void aResumeThatComesAfterTheCommitDoesNothing() {
        utterance(1, 1_600);
        next();
        playout.hold(1);
        playout.commit(2);
        playout.resume(1, 0);

        assertThat(next()).isEqualTo(Frame.IDLE);
    }

    @Test
    void aFullBufferRefusesTheNewChunk() {
        playout.begin(1, InterruptionPolicy.DEFAULT);
        for (int i = 0; i < 60; i++) {
            assertThat(playout.play(1, AudioChunk.silence(8_000, 8_000))).isTrue();
        }

        assertThat(playout.play(1, AudioChunk.silence(1, 8_000))).isFalse();
        assertThat(playout.refusedFull()).isEqualTo(1);
        next();
        assertThat(playout.play(1, AudioChunk.silence(160, 8_000))).isTrue();
    }

    @Test
    void soundAfterTheFinishIsRefused() {
        utterance(1, 160);

        assertThat(playout.play(1, ramp(0, 160))).isFalse();
    }

    @Test
    void soundInTheLinesLawGoesOutByteForByte() {
        byte[] law = new byte[FRAME];
        for (int i = 0; i < FRAME; i++) {
            law[i] = (byte) i;
        }
        playout.begin(1, InterruptionPolicy.DEFAULT);
        playout.play(1, new AudioChunk(AudioFormat.MULAW_8K, law));

        byte[] out = new byte[FRAME];
        assertThat(playout.take(out, 0, FRAME, Encoding.MULAW)).isEqualTo(Frame.SOUND);
        assertThat(out).isEqualTo(law);
    }

    @Test
    void theOtherLawIsConverted() {
        byte[] law = {0x20, (byte) 0xA0};
        playout.begin(1, InterruptionPolicy.DEFAULT);
        playout.play(1, new AudioChunk(AudioFormat.MULAW_8K, law));
        playout.finish(1);

        byte[] out = new byte[FRAME];
        playout.take(out, 0, FRAME, Encoding.ALAW);

        assertThat(out[0]).isEqualTo(G711.linearToAlaw(G711.mulawToLinear((byte) 0x20)));
        assertThat(out[1]).isEqualTo(G711.linearToAlaw(G711.mulawToLinear((byte) 0xA0)));
        assertThat(out[2]).isEqualTo(G711.ALAW_SILENCE);
    }

    @Test
    void soundOfAnotherRateIsRefusedLoudly() {
        playout.begin(1, InterruptionPolicy.DEFAULT);

        assertThatThrownBy(() -> playout.play(1, AudioChunk.silence(160, 16_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8000 Hz");
    }

    @Test
    void speechHoldsOnlyAfterItsTimeAndOnlyWhatSounds() {
        HoldWatch watch = new HoldWatch(playout);
        for (int i = 0; i < 20; i++) {
            watch.window(true, 256);
        }
        playout.begin(1, InterruptionPolicy.after(Duration.ofMillis(160)));
        playout.play(1, ramp(0, 16_000));
        next();

        for (int i = 0; i < 4; i++) {
            watch.window(true, 256);
            assertThat(next()).isEqualTo(Frame.SOUND);
        }
        watch.window(true, 256);

        assertThat(next()).isEqualTo(Frame.HELD);
    }

    @Test
    void aCoughShorterThanTheHoldTimeHoldsNothing() {
        HoldWatch watch = new HoldWatch(playout);
        utterance(1, 16_000);
        next();

        for (int i = 0; i < 10; i++) {
            watch.window(true, 256);
            watch.window(true, 256);
            watch.window(false, 256);
            watch.window(false, 256);
        }

        assertThat(next()).isEqualTo(Frame.SOUND);
    }

    @Test
    void afterAResumeSpeechMustLastAnew() {
        HoldWatch watch = new HoldWatch(playout);
        utterance(1, 16_000);
        next();
        for (int i = 0; i < 5; i++) {
            watch.window(true, 256);
        }
        assertThat(next()).isEqualTo(Frame.HELD);
        playout.resume(1, 0);
        next();

        for (int i = 0; i < 4; i++) {
            watch.window(true, 256);
        }
        assertThat(next()).isEqualTo(Frame.SOUND);
        watch.window(true, 256);
        assertThat(next()).isEqualTo(Frame.HELD);
    }

    @Test
    void aHoldThatWasDecidedForAnOlderStretchIsIgnored() {
        utterance(1, 320);
        next();
        HoldTarget old = java.util.Objects.requireNonNull(playout.holdTarget());
        next();
        utterance(2, 1_600);
        next();

        playout.hold(old);

        assertThat(next()).isEqualTo(Frame.SOUND);
    }

    @Test
    void anUninterruptibleUtteranceIsNotHeldBySpeech() {
        HoldWatch watch = new HoldWatch(playout);
        playout.begin(1, InterruptionPolicy.UNINTERRUPTIBLE);
        playout.play(1, ramp(0, 16_000));
        next();

        for (int i = 0; i < 50; i++) {
            watch.window(true, 256);
        }

        assertThat(next()).isEqualTo(Frame.SOUND);
    }

    @Test
    void aHeldEndIsNotFinishedBeforeItIsResumed() {
        playout.begin(1, InterruptionPolicy.DEFAULT);
        playout.play(1, ramp(0, 320));
        next();
        next();
        playout.hold(1);
        next();

        playout.finish(1);

        assertThat(next()).isEqualTo(Frame.HELD);
        playout.resume(1, 160);
        assertThat(next()).isEqualTo(Frame.SOUND);
        assertThat(happened).containsExactly("started 1", "held 1@320", "finished 1@320");
    }
}
