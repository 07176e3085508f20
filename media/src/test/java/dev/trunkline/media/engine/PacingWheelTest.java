package dev.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PacingWheelTest {

    private static final long MILLI = 1_000_000;
    private static final long ORIGIN = -12_345_678L;

    private final PacingWheel<String> wheel = new PacingWheel<>(ORIGIN);
    private final List<Long> rounds = new ArrayList<>();

    private void note(String member, long round, long deadline) {
        rounds.add(round);
    }

    @Test
    void anEmptyWheelHasNoDeadline() {
        assertThat(wheel.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void tenThousandRoundsAreAsLongAsTenThousandRoundsAreAlthoughEachWakesLate() {
        wheel.add("call");
        long first = wheel.nextDeadline();
        long now = first;
        List<Long> deadlines = new ArrayList<>();

        for (int i = 0; i < 10_000; i++) {
            // up to 1.9 ms late, never the same
            now = wheel.nextDeadline() + i * 7_919L % (19 * MILLI / 10);
            wheel.advance(now, (member, round, deadline) -> deadlines.add(deadline));
        }

        assertThat(deadlines).hasSize(10_000);
        for (int i = 0; i < deadlines.size(); i++) {
            assertThat(deadlines.get(i)).isEqualTo(first + i * 20 * MILLI);
        }
        assertThat(wheel.skippedRounds()).isZero();
    }

    @Test
    void callsAreSpreadOverTheSlots() {
        for (int i = 0; i < 40; i++) {
            wheel.add("call " + i);
        }
        Map<Long, Integer> due = new HashMap<>();

        wheel.advance(ORIGIN + 20 * MILLI - 1, (member, round, deadline) -> due.merge(deadline, 1, Integer::sum));

        assertThat(due).hasSize(20);
        assertThat(due.values()).containsOnly(2);
    }

    @Test
    void itSleepsUntilTheNextOccupiedSlotAndNotToEachTick() {
        wheel.add("one");
        wheel.advance(ORIGIN, this::note);

        assertThat(wheel.nextDeadline()).isEqualTo(ORIGIN + 20 * MILLI);
    }

    @Test
    void aCallThatJoinsLateHasItsTurnWithinARound() {
        wheel.add("old");
        long now = ORIGIN + 1_000_000 * MILLI + 300_000;
        wheel.advance(now, this::note);

        wheel.add("new");

        assertThat(wheel.nextDeadline()).isBetween(now, now + 20 * MILLI);
    }

    @Test
    void afterAShortStallTheMissedRoundsAreMadeUpFor() {
        wheel.add("call");
        wheel.advance(ORIGIN, this::note);

        wheel.advance(ORIGIN + 45 * MILLI, this::note);

        assertThat(rounds).containsExactly(0L, 1L, 2L);
        assertThat(wheel.skippedRounds()).isZero();
    }

    @Test
    void afterALongStallThereIsNoBurstAndTheRoundsGoOnWithTheClock() {
        wheel.add("call");
        wheel.add("other");
        wheel.advance(ORIGIN + MILLI, this::note);
        rounds.clear();

        wheel.advance(ORIGIN + 5_000 * MILLI + 2 * MILLI, this::note);

        assertThat(rounds).containsExactly(249L, 249L, 250L, 250L);
        assertThat(wheel.skippedRounds()).isEqualTo(248);
        assertThat(wheel.nextDeadline()).isEqualTo(ORIGIN + 5_020 * MILLI);
    }

    @Test
    void aCallMayLeaveInItsOwnTurnAndTheOthersKeepTheirs() {
        Map<String, Integer> slots = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            slots.put("call " + i, wheel.add("call " + i));
        }
        List<String> seen = new ArrayList<>();

        wheel.advance(ORIGIN + 19 * MILLI, (member, round, deadline) -> {
            seen.add(member);
            if (member.endsWith("5")) {
                wheel.remove(member, slots.getOrDefault(member, -1));
            }
        });
        List<String> later = new ArrayList<>();
        wheel.advance(ORIGIN + 39 * MILLI, (member, round, deadline) -> later.add(member));

        assertThat(seen).hasSize(60).doesNotHaveDuplicates();
        assertThat(later).hasSize(54).noneMatch(member -> member.endsWith("5"));
    }

    @Test
    void theLastCallLeavesTheWheelEmpty() {
        int slot = wheel.add("call");

        wheel.remove("call", slot);

        assertThat(wheel.nextDeadline()).isEqualTo(Long.MAX_VALUE);
        wheel.advance(ORIGIN + 100 * MILLI, this::note);
        assertThat(rounds).isEmpty();
    }
}
