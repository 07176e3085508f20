package dev.trunkline.core.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.core.scenario.Expectation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyPadTest {

    private final VirtualTime time = new VirtualTime();
    private final List<String> entries = new ArrayList<>();
    private final KeyPad pad =
            new KeyPad(new Alarms(time, new Mailbox(time, failure -> {})), (keys, nanos) -> entries.add(keys));

    private void press(String keys) {
        for (char key : keys.toCharArray()) {
            pad.on(key, time.nanoTime());
            time.pass(200);
        }
    }

    @Test
    void aNumberThatIsLongEnoughIsTakenAndTheKeyThatEndsItSaysNothingMore() {
        pad.expect(Expectation.digits(4));
        press("4711");
        pad.expect(Expectation.ANYTHING);
        press("#");
        assertThat(entries).containsExactly("4711");
        press("#");
        assertThat(entries).containsExactly("4711", "#");
    }

    @Test
    void aNumberThatAPauseEndsMayBeEndedByItsKeyAfterwards() {
        pad.expect(Expectation.digits(8));
        press("471");
        time.pass(3_000);
        assertThat(entries).containsExactly("471");
        pad.expect(Expectation.ANYTHING);
        press("#");
        assertThat(entries).containsExactly("471");
    }

    @Test
    void theKeyThatHasEndedANumberIsNotExpectedTwice() {
        pad.expect(Expectation.digits(8));
        press("471#");
        pad.expect(Expectation.ANYTHING);
        press("#");
        assertThat(entries).containsExactly("471", "#");
    }

    @Test
    void longAfterwardsItIsAKeyLikeOthers() {
        pad.expect(Expectation.digits(2));
        press("47");
        pad.expect(Expectation.ANYTHING);
        time.pass(6_000);
        press("#");
        assertThat(entries).containsExactly("47", "#");
    }
}
