package dev.trunkline.caller.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.caller.network.Impairments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallOptionsTest {

    private static CallOptions read(String... args) throws UsageException {
        return CallOptions.read(args, "sip:reception@127.0.0.1:5060");
    }

    @Test
    void whatIsToBeSaidKeepsTheOrderOfTheCommandLine() throws Exception {
        CallOptions options = read(
                "--say",
                "one",
                "--wav",
                "two.wav",
                "--say=three",
                "--keys",
                "42",
                "--dtmf",
                "after:7",
                "--wav",
                "four.wav");

        assertThat(options.lines())
                .containsExactly(
                        new CallOptions.Line.Say("one"),
                        new CallOptions.Line.Wav(Path.of("two.wav")),
                        new CallOptions.Line.Say("three"),
                        new CallOptions.Line.Keys("42"),
                        new CallOptions.Line.Keys("7"),
                        new CallOptions.Line.Wav(Path.of("four.wav")));
    }

    @Test
    void theRestHasItsUsualValues() throws Exception {
        CallOptions options = read();

        assertThat(options.target()).isEqualTo("sip:reception@127.0.0.1:5060");
        assertThat(options.impairments()).isEqualTo(Impairments.NONE);
        assertThat(options.payloadTypes()).containsExactly(0, 8);
        assertThat(options.recognise()).isTrue();
        assertThat(options.patience()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void everythingElseIsRead() throws Exception {
        CallOptions options = read(
                "--to",
                "sip:echo@[::1]:5070",
                "--dtmf",
                "2.5:4#",
                "--record",
                "heard.wav",
                "--json",
                "--loss",
                "3",
                "--jitter",
                "40",
                "--reorder",
                "1",
                "--duplicate",
                "0.5",
                "--seed",
                "9",
                "--timeout",
                "5",
                "--codec",
                "PCMA",
                "--stay",
                "3",
                "--max-duration",
                "60",
                "--no-words");

        assertThat(options.target()).isEqualTo("sip:echo@[::1]:5070");
        assertThat(options.timedKeys()).isEqualTo(List.of(new CallOptions.KeysAt(Duration.ofMillis(2500), "4#")));
        assertThat(options.record()).isEqualTo(Path.of("heard.wav"));
        assertThat(options.json()).isTrue();
        assertThat(options.recognise()).isFalse();
        assertThat(options.impairments()).isEqualTo(new Impairments(3, 40, 1, 0.5, 9));
        assertThat(options.payloadTypes()).containsExactly(8);
        assertThat(options.stay()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.maxDuration()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --wafs x          | unknown option --wafs; did you mean --wav?
            --recrod x        | unknown option --recrod; did you mean --record?
            --completely-else | unknown option --completely-else
            hello.wav         | what is hello.wav for? Options begin with --
            --say             | --say needs a value
            --json=yes        | --json takes no value
            --loss many       | --loss wants a number, not many
            --loss 101        | --loss wants a number from 0 to 100, not 101
            --dtmf 42         | --dtmf wants SECONDS:DIGITS, such as 2.5:42, not 42
            --dtmf 1:4x       | --dtmf wants keys 0-9 * # A-D, not 4x
            --codec gsm       | --codec wants pcmu, pcma, g722 or opus, not gsm
            --to reception    | --to wants a SIP URI such as sip:reception@127.0.0.1:5060, not reception
            """)
    void whatCannotBeUnderstoodIsSaidPlainly(String line, String message) {
        assertThatThrownBy(() -> read(line.split(" ")))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }
}
