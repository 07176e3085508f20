package dev.trunkline.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorSettingsTest {

    @TempDir
    Path folder;

    private Doors read(Map<String, String> environment) {
        return Configuration.read(environment, folder).doors();
    }

    @Test
    void noDoorIsOpenUnasked() {
        assertThat(read(Map.of())).isEqualTo(Doors.NONE);
    }

    @Test
    void anOpenSipsIsAskedWhereItsAddressIsGiven() {
        Doors.OpenSips openSips = Objects.requireNonNull(
                read(Map.of("TRUNKLINE_OPENSIPS_MI", "[::1]:8080", "TRUNKLINE_OPENSIPS_AGENT", "echo"))
                        .openSips());

        assertThat(openSips.mi()).isEqualTo(new InetSocketAddress("::1", 8080));
        assertThat(openSips.eventPort()).isZero();
        assertThat(openSips.commandPrefix()).isEqualTo("b2b_entities:");
        assertThat(openSips.agent()).isEqualTo("echo");
    }

    @Test
    void aPortForRtpTakesCallsForReception() {
        assertThat(read(Map.of("TRUNKLINE_RTP_LISTEN_PORT", "5004")).rtpListener())
                .isEqualTo(new Doors.RtpListen(5004, "reception", 50, 10));
    }

    @ParameterizedTest
    @CsvSource({
        "TRUNKLINE_RTP_LISTEN_PORT,   5005,           must be even",
        "TRUNKLINE_RTP_LISTEN_AGENT,  echo,           does nothing without TRUNKLINE_RTP_LISTEN_PORT",
        "TRUNKLINE_OPENSIPS_AGENT,    echo,           does nothing without TRUNKLINE_OPENSIPS_MI",
        "TRUNKLINE_OPENSIPS_MI,       127.0.0.1,      must be an IP address and a port",
        "TRUNKLINE_OPENSIPS_MI,       127.0.0.1:0,    must be an IP address and a port",
        "TRUNKLINE_OPENSIPS_MI,       ::1:8080,       must be an IP address and a port",
        "TRUNKLINE_OPENSIPS_MI,       opensips:8080,  must be an IP address and a port"
    })
    void whatCannotBeIsRefused(String name, String value, String why) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read(Map.of(name, value)))
                .satisfies(e -> assertThat(String.join("\n", e.problems())).contains(name + " " + why));
    }
}
