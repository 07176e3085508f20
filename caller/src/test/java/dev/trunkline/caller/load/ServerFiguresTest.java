package dev.trunkline.caller.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ServerFiguresTest {

    private static final ServerFigures BEFORE = ServerFigures.parse("""
            # HELP trunkline_media_vad_windows_total windows of sound judged
            trunkline_media_vad_windows_total 1000.0
            trunkline_answer_beyond_silence_seconds_bucket{le="0.005"} 10
            trunkline_answer_beyond_silence_seconds_bucket{le="0.01"} 10
            trunkline_answer_beyond_silence_seconds_bucket{le="0.02"} 10
            trunkline_answer_beyond_silence_seconds_bucket{le="+Inf"} 10
            """);

    private static final ServerFigures AFTER = ServerFigures.parse("""
            trunkline_media_vad_windows_total 4.1E3
            trunkline_answer_beyond_silence_seconds_bucket{le="0.005"} 10
            trunkline_answer_beyond_silence_seconds_bucket{le="0.01"} 60
            trunkline_answer_beyond_silence_seconds_bucket{le="0.02"} 109
            trunkline_answer_beyond_silence_seconds_bucket{le="+Inf"} 110
            """);

    @Test
    void countersAreReadAsTheirGrowth() {
        assertThat(AFTER.since(BEFORE, "trunkline_media_vad_windows_total")).isEqualTo(3_100);
        assertThat(AFTER.since(BEFORE, "unknown")).isZero();
    }

    @Test
    void percentilesAreOfWhatCameSinceThenAlone() {
        assertThat(AFTER.engineMillisAt(BEFORE, 0.25)).isCloseTo(7.5, within(0.01));
        assertThat(AFTER.engineMillisAt(BEFORE, 0.5)).isCloseTo(10, within(0.01));
        assertThat(AFTER.engineMillisAt(BEFORE, 0.99)).isCloseTo(20, within(0.01));
        assertThat(AFTER.engineMillisAt(BEFORE, 0.999)).isInfinite();
    }

    @Test
    void withoutAnswersThereIsNoShare() {
        assertThat(BEFORE.engineMillisAt(BEFORE, 0.5)).isNaN();
    }
}
