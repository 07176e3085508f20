package dev.trunkline.caller.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sound.AudioChunk;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordingTest {

    @Test
    void whatNeverCameIsSilenceInItsPlace() {
        Recording recording = new Recording(1000);
        recording.write(0, new short[] {1, 2}, 0, 2);
        recording.write(6, new short[] {7, 8}, 0, 2);

        assertThat(recording.all().toPcm()).containsExactly(1, 2, 0, 0, 0, 0, 7, 8);
    }

    @Test
    void whatLiesBeforeTheAnswerOrBeyondTheLimitIsNotKept() {
        Recording recording = new Recording(5);
        recording.write(-2, new short[] {1, 2, 3, 4}, 0, 4);
        recording.write(4, new short[] {5, 6}, 0, 2);
        recording.write(100, new short[] {9}, 0, 1);

        assertThat(recording.all().toPcm()).containsExactly(3, 4, 0, 0, 5);
    }

    @Test
    void theTwoSidesStandBesideEachOther() {
        AudioChunk both =
                Stereo.of(AudioChunk.ofPcm(new short[] {1, 2, 3}, 8_000), AudioChunk.ofPcm(new short[] {9}, 8_000));

        assertThat(both.format().channels()).isEqualTo(2);
        assertThat(both.toPcm()).containsExactly(1, 9, 2, 0, 3, 0);
    }

    @Test
    void longSoundIsCutAtItsQuietestPlaces() {
        short[] pcm = new short[8_000 * 25];
        Random random = new Random(1);
        for (int i = 0; i < pcm.length; i++) {
            boolean pause = i / 8_000 == 8 || i / 8_000 == 17;
            pcm[i] = pause ? 0 : (short) (random.nextInt(8_000) - 4_000);
        }

        List<short[]> pieces = Pieces.of(pcm, 8_000, 12);

        assertThat(pieces).hasSize(3);
        assertThat(pieces.get(0).length).isBetween(8 * 8_000, 9 * 8_000);
        assertThat(pieces.get(0).length + pieces.get(1).length).isBetween(17 * 8_000, 18 * 8_000);
        assertThat(pieces.stream().mapToInt(p -> p.length).sum()).isEqualTo(pcm.length);
    }

    @Test
    void theDelayOfAnEchoIsFound() {
        short[] said = new short[8_000];
        Random random = new Random(5);
        for (int burst = 0; burst < 10; burst++) {
            int at = random.nextInt(7_000);
            for (int i = at; i < at + 500; i++) {
                said[i] = (short) (random.nextInt(10_000) - 5_000);
            }
        }
        short[] heard = new short[12_000];
        System.arraycopy(said, 0, heard, 1_200, said.length);

        assertThat(Delay.between(said, heard, 4_000)).isEqualTo(1_200);
        assertThat(Delay.between(said, new short[12_000], 4_000)).isEqualTo(-1);
    }
}
