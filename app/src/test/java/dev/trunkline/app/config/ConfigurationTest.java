package dev.trunkline.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

    @TempDir
    Path folder;

    @Test
    void nothingSetMeansLoopbackAndTheUsualPorts() {
        Configuration settings = read(Map.of());

        assertThat(settings.network().bind().isLoopbackAddress()).isTrue();
        assertThat(settings.network().publicAddress()).isNull();
        assertThat(settings.network().sipPort()).isEqualTo(5060);
        assertThat(settings.network().rtpPorts()).isEqualTo(new PortRange(10_000, 20_000));
        assertThat(settings.web().bind().isLoopbackAddress()).isTrue();
        assertThat(settings.web().port()).isEqualTo(8080);
        assertThat(settings.dataFolder()).isEqualTo(folder.toAbsolutePath().resolve("data"));
        assertThat(settings.calls().drain()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.database().embedded()).isTrue();
        assertThat(settings.reception().languageModel()).isNull();
    }

    @Test
    void theEnvironmentGoesBeforeDotEnvAndDotEnvBeforeYaml() throws IOException {
        dotEnv("TRUNKLINE_HTTP_PORT=2", "TRUNKLINE_SIP_PORT=2");
        yaml("http:", "  port: 3", "sip:", "  port: 3", "max-calls: 3");

        Configuration settings = read(Map.of("TRUNKLINE_HTTP_PORT", "1"));

        assertThat(settings.web().port()).isEqualTo(1);
        assertThat(settings.network().sipPort()).isEqualTo(2);
        assertThat(settings.calls().most()).isEqualTo(3);
    }

    @Test
    void anEmptyValueIsTheSameAsNone() throws IOException {
        dotEnv("TRUNKLINE_HTTP_PORT=");
        yaml("http:", "  port: 3", "sip:", "  port: ~");

        Configuration settings = read(Map.of("TRUNKLINE_HTTP_PORT", " "));

        assertThat(settings.web().port()).isEqualTo(3);
        assertThat(settings.network().sipPort()).isEqualTo(5060);
    }

    @Test
    void anUnknownVariableIsRefusedWithTheNearestOne() {
        assertThat(problems(Map.of("TRUNKLINE_HTPP_PORT", "1")))
                .containsExactly(
                        "environment: TRUNKLINE_HTPP_PORT is not a setting; did you mean TRUNKLINE_HTTP_PORT?");
    }

    @Test
    void anUnknownVariableLikeNoOtherPointsToTheList() {
        assertThat(problems(Map.of("TRUNKLINE_FLUX_CAPACITOR_VOLTAGE", "1")))
                .singleElement()
                .asString()
                .contains("TRUNKLINE_FLUX_CAPACITOR_VOLTAGE is not a setting")
                .contains("./trunkline config");
    }

    @Test
    void anUnknownNameInDotEnvIsRefusedWithItsLine() throws IOException {
        dotEnv("# ours", "PATH_OF_ANOTHER_PROGRAM=x", "export TRUNKLINE_SIP_PROT=5070");

        assertThat(problems(Map.of()))
                .containsExactly(".env:3: TRUNKLINE_SIP_PROT is not a setting; did you mean TRUNKLINE_SIP_PORT?");
    }

    @Test
    void anUnknownKeyInYamlIsRefusedWithItsLine() throws IOException {
        yaml("sip:", "  port: 5070", "htp:", "  port: 8081");

        assertThat(problems(Map.of()))
                .containsExactly("trunkline.yaml:4: htp.port is not a setting; did you mean http.port?");
    }

    @ParameterizedTest
    @CsvSource({
        "TRUNKLINE_HTTP_PORT, 70000",
        "TRUNKLINE_HTTP_PORT, http",
        "TRUNKLINE_BIND, not-an-address",
        "TRUNKLINE_BIND, 1.2.3",
        "TRUNKLINE_RTP_PORTS, 10000",
        "TRUNKLINE_RTP_PORTS, 20000-10000",
        "TRUNKLINE_RTP_PORTS, 80-90",
        "TRUNKLINE_LOG_FORMAT, xml",
        "TRUNKLINE_DATABASE_URL, mysql://x",
        "TRUNKLINE_PERSON, anna",
        "TRUNKLINE_STT_MODEL, huge",
        "TRUNKLINE_PUBLIC_ADDRESS, 0.0.0.0",
        "TRUNKLINE_MAX_CALLS, 0"
    })
    void aMalformedValueIsRefusedByName(String name, String value) {
        assertThat(problems(Map.of(name, value)))
                .singleElement()
                .asString()
                .startsWith("environment: " + name + " must be ");
    }

    @Test
    void aTrunkNeedsUserPasswordAndRegistrarAlone() {
        Accounts accounts = read(Map.of(
                        "TRUNKLINE_TRUNK_USER", "777abc",
                        "TRUNKLINE_TRUNK_PASSWORD", "s3cret",
                        "TRUNKLINE_TRUNK_REGISTRAR", "sip.example.com",
                        "TRUNKLINE_PERSON", "+49 30 123456"))
                .accounts();

        assertThat(accounts.users()).isEmpty();
        assertThat(accounts.trunks())
                .containsExactly(new Accounts.Trunk(
                        "trunk",
                        "777abc",
                        "777abc",
                        new Secret("s3cret"),
                        "sip.example.com",
                        null,
                        TrunkTransport.UDP,
                        true,
                        Duration.ofHours(1),
                        "reception",
                        "",
                        CallerIdentity.PREFERRED));
        assertThat(accounts.toString()).doesNotContain("s3cret");
    }

    @Test
    void severalTrunksAndUsersStandInYamlByName() throws IOException {
        yaml(
                "trunks:",
                "  placetel:",
                "    user: 777abc@example.com",
                "    password: s3cret",
                "    registrar: sip.example.com",
                "    transport: tls",
                "    identity: asserted",
                "  pbx:",
                "    registrar: 192.0.2.9:5070",
                "    register: no",
                "    agent: echo",
                "sip:",
                "  users:",
                "    anna.b: her",
                "    bob: his");

        Accounts accounts = read(Map.of()).accounts();

        assertThat(accounts.trunks()).extracting(Accounts.Trunk::name).containsExactly("placetel", "pbx");
        assertThat(accounts.trunks().getFirst().transport()).isEqualTo(TrunkTransport.TLS);
        assertThat(accounts.trunks().getFirst().user()).isEqualTo("777abc@example.com");
        assertThat(accounts.trunks().getFirst().digestUser()).isEqualTo("777abc");
        assertThat(accounts.trunks().getLast().register()).isFalse();
        assertThat(accounts.trunks().getLast().agent()).isEqualTo("echo");
        assertThat(accounts.users())
                .containsOnly(Map.entry("anna.b", new Secret("her")), Map.entry("bob", new Secret("his")));
        assertThat(Configuration.explain(Map.of(), folder))
                .contains("trunks.placetel.password=***  # trunkline.yaml:4")
                .contains("trunks.pbx.agent=echo  # trunkline.yaml:11")
                .noneMatch(line -> line.contains("s3cret") || line.contains("=her"));
    }

    @Test
    void anUnknownNameInATrunkIsRefusedWithTheNearest() throws IOException {
        yaml("trunks:", "  placetel:", "    regstrar: sip.example.com", "  pbx: 192.0.2.9");

        assertThat(problems(Map.of()))
                .contains("trunkline.yaml:3: trunks.placetel.regstrar is not a setting; did you mean"
                        + " trunks.placetel.registrar?")
                .anyMatch(problem -> problem.startsWith("trunkline.yaml:4: trunks.pbx is not a setting"));
    }

    @Test
    void aTrunkThatLacksSomethingIsRefused() throws IOException {
        yaml("trunks:", "  placetel:", "    registrar: sip.example.com", "    expires: 5");

        assertThat(problems(Map.of("TRUNKLINE_TRUNK_USER", "x")))
                .contains(
                        "TRUNKLINE_TRUNK_REGISTRAR must be set: a trunk needs user, password and registrar",
                        "TRUNKLINE_TRUNK_PASSWORD must be set: a trunk needs user, password and registrar",
                        "trunks.placetel.user must be set: a trunk needs user, password and registrar",
                        "trunkline.yaml:4: trunks.placetel.expires must be a whole number, 10 to 86400, not \"5\"");
    }

    @Test
    void aNumberToConnectToNeedsATrunk() {
        assertThat(problems(Map.of("TRUNKLINE_PERSON", "+4930123456")))
                .containsExactly("environment: TRUNKLINE_PERSON is a number: that needs a trunk, see"
                        + " TRUNKLINE_TRUNK_REGISTRAR");
    }

    @Test
    void aUserWithoutAPasswordIsRefused() {
        assertThat(problems(Map.of("TRUNKLINE_SIP_USER", "anna")))
                .containsExactly("environment: TRUNKLINE_SIP_USER does nothing without TRUNKLINE_SIP_PASSWORD");
    }

    @Test
    void aMalformedLineOfDotEnvIsRefusedWithoutShowingIt() throws IOException {
        dotEnv("TRUNKLINE_LLM_API_KEY s3cret");

        assertThat(problems(Map.of())).containsExactly(".env:1: expected NAME=value");
    }

    @Test
    void yamlThatIsNotWellFormedIsRefusedWithItsLine() throws IOException {
        yaml("http:", "  port: [1", "sip: 2");

        assertThat(problems(Map.of())).singleElement().asString().startsWith("trunkline.yaml:3: not well formed");
    }

    @Test
    void aListInYamlIsRefused() throws IOException {
        yaml("http:", "  port: [1, 2]");

        assertThat(problems(Map.of())).containsExactly("trunkline.yaml:2: http.port takes one value, not a list");
    }

    @Test
    void aKeyThatStandsTwiceInYamlIsRefused() throws IOException {
        yaml("node: a", "node: b");

        assertThat(problems(Map.of())).containsExactly("trunkline.yaml:2: node stands there twice");
    }

    @Test
    void allProblemsAreToldAtOnce() throws IOException {
        dotEnv("TRUNKLINE_SIP_PORT=x");
        yaml("loog: 1");

        assertThat(problems(Map.of("TRUNKLINE_HTTP_PORT", "y"))).hasSize(3);
    }

    @Test
    void aSecretIsNeverShown() {
        Map<String, String> environment = Map.of(
                "TRUNKLINE_LLM_BASE_URL", "http://127.0.0.1:9/v1",
                "TRUNKLINE_LLM_API_KEY", "s3cret",
                "TRUNKLINE_LLM_MODEL", "small",
                "TRUNKLINE_DATABASE_URL", "jdbc:postgresql://db/x",
                "TRUNKLINE_DATABASE_PASSWORD", "s3cret");

        assertThat(read(environment).toString()).contains("small").doesNotContain("s3cret");
        assertThat(Configuration.explain(environment, folder))
                .contains("TRUNKLINE_LLM_API_KEY=***  # environment")
                .noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void aLanguageModelNeedsAddressAndName() {
        assertThat(problems(Map.of("TRUNKLINE_LLM_BASE_URL", "https://llm/v1")))
                .containsExactly("TRUNKLINE_LLM_MODEL must be set with TRUNKLINE_LLM_BASE_URL");
        assertThat(problems(Map.of("TRUNKLINE_LLM_API_KEY", "k")))
                .containsExactly("environment: TRUNKLINE_LLM_API_KEY does nothing without TRUNKLINE_LLM_BASE_URL");
    }

    @Test
    void aDatabaseUserAloneDoesNothingAndIsRefused() {
        assertThat(problems(Map.of("TRUNKLINE_DATABASE_USER", "u")))
                .containsExactly("environment: TRUNKLINE_DATABASE_USER does nothing without TRUNKLINE_DATABASE_URL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TRUNKLINE_NODE=one          | one",
                "TRUNKLINE_NODE = one # which | one",
                "TRUNKLINE_NODE=\"one\"      | one",
                "export TRUNKLINE_NODE=one   | one"
            })
    void dotEnvIsReadAsPeopleWriteIt(String line, String value) throws IOException {
        dotEnv(line);

        assertThat(read(Map.of()).node()).isEqualTo(value);
    }

    @Test
    void relativePathsBeginInTheWorkingFolder() {
        Configuration settings =
                read(Map.of("TRUNKLINE_DATA_DIR", "../elsewhere", "TRUNKLINE_RECEPTION_FACTS", "facts.yaml"));

        assertThat(settings.dataFolder())
                .isEqualTo(folder.toAbsolutePath().getParent().resolve("elsewhere"));
        assertThat(settings.reception().facts())
                .isEqualTo(folder.toAbsolutePath().resolve("facts.yaml"));
    }

    @Test
    void theEmbeddedDatabaseHasAnyFreePortUnlessOneIsSet() {
        assertThat(read(Map.of()).database().port()).isZero();
        assertThat(read(Map.of("TRUNKLINE_DATABASE_PORT", "5499")).database().port())
                .isEqualTo(5499);
        assertThat(problems(Map.of(
                        "TRUNKLINE_DATABASE_PORT", "5499", "TRUNKLINE_DATABASE_URL", "jdbc:postgresql://db/trunkline")))
                .containsExactly("environment: TRUNKLINE_DATABASE_PORT does nothing with TRUNKLINE_DATABASE_URL");
    }

    @Test
    void everySettingIsKnownToAllThreeSources() throws IOException {
        for (Setting<?> setting : Settings.ALL) {
            // an empty value is none, but an unknown name would be refused
            assertThat(SettingsReader.read(Map.of(setting.variable(), ""), folder)
                            .problems())
                    .isEmpty();
            dotEnv(setting.variable() + "=");
            yaml(setting.path().replace(".", ":\n  ") + ": ~");
            assertThat(SettingsReader.read(Map.of(), folder).problems()).isEmpty();
        }
    }

    @Test
    void theExampleFileInTheRepositoryIsTheOneThatTheTableGives() throws IOException {
        assertThat(Files.readString(Path.of("..", ".env.example")))
                .as("./trunkline config --env-example > .env.example")
                .isEqualTo(SettingsPage.envExample());
    }

    @Test
    void thePageOfSettingsIsTheOneThatTheTableGives() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "configuration.md")))
                .as("./trunkline config --markdown > docs/configuration.md")
                .isEqualTo(SettingsPage.markdown());
    }

    @Test
    void theExampleFileWithoutItsCommentSignsChangesNothing() throws IOException {
        Files.writeString(folder.resolve(".env"), SettingsPage.envExample().replace("# TRUNKLINE_", "TRUNKLINE_"));

        Configuration fromExample = read(Map.of());
        Files.delete(folder.resolve(".env"));

        assertThat(fromExample).isEqualTo(read(Map.of()));
        assertThat(Settings.ALL)
                .allSatisfy(
                        setting -> assertThat(SettingsPage.envExample()).contains("\n# " + setting.variable() + "="));
    }

    private void dotEnv(String... lines) throws IOException {
        Files.write(folder.resolve(".env"), List.of(lines));
    }

    private void yaml(String... lines) throws IOException {
        Files.write(folder.resolve("trunkline.yaml"), List.of(lines));
    }

    private Configuration read(Map<String, String> environment) {
        return Configuration.read(environment, folder);
    }

    private List<String> problems(Map<String, String> environment) {
        return catchThrowableOfType(ConfigurationException.class, () -> read(environment))
                .problems();
    }
}
