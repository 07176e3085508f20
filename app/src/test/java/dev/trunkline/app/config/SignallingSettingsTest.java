package dev.trunkline.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trunkline.telephony.sip.transport.AddressRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignallingSettingsTest {

    @TempDir
    Path folder;

    private Signalling read(Map<String, String> environment) {
        return Configuration.read(environment, folder).network().signalling();
    }

    private List<String> problems(Map<String, String> environment) {
        return catchThrowableOfType(ConfigurationException.class, () -> read(environment))
                .problems();
    }

    @Test
    void nothingSetIsTheStandard() {
        assertThat(read(Map.of())).isEqualTo(Signalling.STANDARD);
    }

    @Test
    void whoMayCallIsAListOfAddressesAndNetworks() {
        assertThat(read(Map.of("TRUNKLINE_SIP_ALLOW", "192.0.2.7, 10.0.0.0/8,2001:db8::/32"))
                        .allowed())
                .containsExactly(
                        AddressRange.parse("192.0.2.7"),
                        AddressRange.parse("10.0.0.0/8"),
                        AddressRange.parse("2001:db8::/32"));
        assertThat(problems(Map.of("TRUNKLINE_SIP_ALLOW", "example.com")))
                .singleElement()
                .asString()
                .contains("TRUNKLINE_SIP_ALLOW");
    }

    @Test
    void aCertificateNeedsItsKeyAndTheOtherWayRound() {
        assertThat(problems(Map.of("TRUNKLINE_SIP_TLS_CERTIFICATE", "c.pem")))
                .singleElement()
                .asString()
                .contains("TRUNKLINE_SIP_TLS_KEY");
        assertThat(problems(Map.of("TRUNKLINE_SIP_TLS_KEY", "k.pem")))
                .singleElement()
                .asString()
                .contains("TRUNKLINE_SIP_TLS_CERTIFICATE");
        assertThat(read(Map.of("TRUNKLINE_SIP_TLS_CERTIFICATE", "c.pem", "TRUNKLINE_SIP_TLS_KEY", "k.pem"))
                        .certificate())
                .isEqualTo(folder.toAbsolutePath().resolve("c.pem"));
    }
}
