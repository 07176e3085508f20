package dev.trunkline.caller.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.caller.command.UsageException;
import java.net.URI;
import org.junit.jupiter.api.Test;

class LoadOptionsTest {

    @Test
    void whatIsNotSaidHasADefault() throws UsageException {
        LoadOptions options = LoadOptions.read(new String[0]);
        assertThat(options.calls()).isEqualTo(10);
        assertThat(options.seconds()).isEqualTo(30);
        assertThat(options.target()).isNull();
        assertThat(options.threads()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void aServerThatRunsAlreadyIsNamedWithItsProcessAndItsAddress() throws UsageException {
        LoadOptions options = LoadOptions.read(
                new String[] {"--target", "sip:stub@127.0.0.1:5060", "--pid=42", "--http", "http://127.0.0.1:8080"});
        assertThat(options.target()).isEqualTo("sip:stub@127.0.0.1:5060");
        assertThat(options.pid()).isEqualTo(42);
        assertThat(options.http()).isEqualTo(URI.create("http://127.0.0.1:8080/"));
    }

    @Test
    void whatMakesNoSenseIsToldWithWhatWould() {
        refused("--calls wants a whole number from 1 to 10000, not 0", "--calls", "0");
        refused("--seconds wants a whole number", "--seconds", "soon");
        refused("--target wants a SIP URI", "--target", "127.0.0.1");
        refused("--http wants an address", "--http", "127.0.0.1:8080");
        refused("did you mean --calls?", "--call", "3");
        refused("--pid and --http belong to the server of --target", "--pid", "3");
        refused("--bare measures a loop of its own", "--bare", "--target", "sip:stub@127.0.0.1");
    }

    private static void refused(String why, String... arguments) {
        assertThatThrownBy(() -> LoadOptions.read(arguments))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(why);
    }
}
