package dev.trunkline.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallStateTest {

    @ParameterizedTest
    @EnumSource(CallState.class)
    void everyStateButTheLastCanEnd(CallState state) {
        assertThat(state.canBecome(CallState.ENDED)).isEqualTo(state != CallState.ENDED);
    }

    @ParameterizedTest
    @EnumSource(CallState.class)
    void nothingFollowsTheEndAndNoStateFollowsItself(CallState state) {
        assertThat(CallState.ENDED.canBecome(state)).isFalse();
        assertThat(state.canBecome(state)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(CallState.class)
    void aLiveCallNeverRingsAgain(CallState state) {
        if (state.isLive()) {
            assertThat(state.canBecome(CallState.RINGING)).isFalse();
            assertThat(state.canBecome(CallState.DIALING)).isFalse();
            assertThat(state.canBecome(CallState.CONNECTING)).isFalse();
        }
    }

    @Test
    void callIdsSortByTime() {
        CallId early = CallId.at(1_000_000);
        CallId late = CallId.at(1_000_001);
        assertThat(early).isLessThan(late);
        assertThat(CallId.at(5)).isNotEqualTo(CallId.at(5));
    }
}
