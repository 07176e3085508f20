package dev.trunkline.media.vad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.media.vad.SpeechDetector.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeechDetectorTest {

    private static final int WINDOW = 256;
    private static final VoiceActivitySettings SETTINGS =
            new VoiceActivitySettings(0.5f, 0.35f, Duration.ofMillis(90), Duration.ofMillis(120));

    private final SpeechDetector detector = new SpeechDetector();
    private long position;

    private List<Change> judge(double... probabilities) {
        List<Change> changes = new ArrayList<>();
        for (double probability : probabilities) {
            position += WINDOW;
            Change change = detector.judge(SETTINGS, (float) probability, position, WINDOW, position * 125_000);
            if (change != Change.NONE) {
                changes.add(change);
            }
        }
        return changes;
    }

    @Test
    void speechIsConfirmedByItsLengthAndDatedBackToItsBeginning() {
        assertThat(judge(0.1, 0.1, 0.9, 0.9)).isEmpty();

        assertThat(judge(0.9)).containsExactly(Change.STARTED);

        assertThat(detector.onset()).isEqualTo(2 * WINDOW);
        assertThat(detector.speaking()).isTrue();
    }

    @Test
    void aClickIsNoSpeech() {
        assertThat(judge(0.9, 0.1, 0.1, 0.9, 0.9, 0.1, 0.1, 0.9)).isEmpty();
        assertThat(detector.speaking()).isFalse();
    }

    @Test
    void aGapOfOneWindowDoesNotUndoTheBeginning() {
        assertThat(judge(0.9, 0.1, 0.9, 0.9)).containsExactly(Change.STARTED);
        assertThat(detector.onset()).isZero();
    }

    @Test
    void speechStopsAfterTheHysteresisAndIsDatedBackToItsEnd() {
        judge(0.9, 0.9, 0.9, 0.9);

        assertThat(judge(0.1, 0.1, 0.1)).isEmpty();
        assertThat(judge(0.1)).containsExactly(Change.STOPPED);

        assertThat(detector.end()).isEqualTo(4 * WINDOW);
        assertThat(detector.lastSpeechArrival()).isEqualTo(4L * WINDOW * 125_000);
    }

    @Test
    void aProbabilityBetweenTheThresholdsHoldsSpeechButDoesNotBeginIt() {
        assertThat(judge(0.4, 0.4, 0.4, 0.4)).isEmpty();
        judge(0.9, 0.9, 0.9);

        assertThat(judge(0.4, 0.4, 0.4, 0.4, 0.4, 0.4)).isEmpty();
        assertThat(detector.speaking()).isTrue();
    }

    @Test
    void aShortPauseInsideASentenceIsNoEnd() {
        judge(0.9, 0.9, 0.9);

        assertThat(judge(0.1, 0.1, 0.1, 0.9, 0.1, 0.1, 0.1, 0.9)).isEmpty();
    }
}
