package dev.trunkline.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AudioChunkTest {

    @Test
    void samplesSurviveTheWayThroughBytes() {
        short[] samples = {0, 1, -1, 256, Short.MAX_VALUE, Short.MIN_VALUE};
        assertThat(AudioChunk.ofPcm(samples, 16_000).toPcm()).containsExactly(samples);
    }

    @Test
    void twentyMillisecondsOfTelephoneSoundAre160Samples() {
        AudioChunk chunk = new AudioChunk(AudioFormat.MULAW_8K, new byte[160]);
        assertThat(chunk.duration()).isEqualTo(Duration.ofMillis(20));
        assertThat(AudioFormat.MULAW_8K.samplesIn(Duration.ofMillis(20))).isEqualTo(160);
        assertThat(AudioFormat.pcm(22_050).samplesIn(Duration.ofMillis(20))).isEqualTo(441);
    }

    @Test
    void halfASampleIsRefused() {
        assertThatThrownBy(() -> new AudioChunk(AudioFormat.PCM_8K, new byte[3]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lawSoundIsNotReadAsNumbers() {
        AudioChunk chunk = new AudioChunk(AudioFormat.ALAW_8K, new byte[160]);
        assertThatThrownBy(chunk::toPcm).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void hoursOfSamplesDoNotOverflow() {
        assertThat(AudioFormat.pcm(48_000).samplesIn(Duration.ofHours(10))).isEqualTo(48_000L * 36_000);
        assertThat(AudioFormat.pcm(48_000).durationOf(48_000L * 36_000)).isEqualTo(Duration.ofHours(10));
    }
}
