package dev.trunkline.caller.sound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgentEarTest {

    private static final long MS = 1_000_000;
    private static final short[] QUIET = new short[160];
    private static final short[] LOUD = Signature.of(0).sound(1).toPcm();

    private final AgentEar ear = new AgentEar(900 * MS);
    private long now;

    private void hear(short[] frame, int millis) {
        for (int i = 0; i < millis / 20; i++) {
            ear.frame(now, frame, 80, 160 - 80);
            now += 20 * MS;
        }
    }

    @Test
    void anUtteranceBeginsWithItsFirstAudiblePacketAndEndsWithItsLast() {
        hear(QUIET, 200);
        hear(LOUD, 500);
        hear(QUIET, 1000);

        assertThat(ear.utterances()).containsExactly(new Utterance(200 * MS, 680 * MS));
        assertThat(ear.speaking()).isFalse();
    }

    @Test
    void aClickOfOneFrameIsNoUtterance() {
        hear(QUIET, 100);
        hear(LOUD, 20);
        hear(QUIET, 500);
        hear(LOUD, 40);
        hear(QUIET, 500);

        assertThat(ear.utterances()).isEmpty();
    }

    @Test
    void aBreathBetweenSentencesDoesNotEndTheUtterance() {
        hear(LOUD, 300);
        hear(QUIET, 700);
        hear(LOUD, 300);
        hear(QUIET, 1000);

        assertThat(ear.utterances()).hasSize(1);
    }

    @Test
    void theUtteranceEndsAlsoWhenNoPacketsComeAnyMore() {
        hear(LOUD, 300);
        ear.settle(now + 800 * MS);
        assertThat(ear.speaking()).isTrue();

        ear.settle(now + 900 * MS);
        assertThat(ear.speaking()).isFalse();
    }

    @Test
    void afterACutWhatComesIsAnotherUtterance() {
        hear(LOUD, 300);
        ear.cut();
        hear(QUIET, 100);
        hear(LOUD, 300);

        assertThat(ear.utterances()).hasSize(2);
        assertThat(ear.onset()).isEqualTo(400 * MS);
    }
}
