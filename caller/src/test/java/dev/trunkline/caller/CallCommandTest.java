package dev.trunkline.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.caller.sound.Signature;
import dev.trunkline.media.wav.WavFile;
import dev.trunkline.sound.AudioChunk;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CallCommandTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private FarSide farSide;

    @BeforeEach
    void answerCalls() throws Exception {
        farSide = new FarSide();
    }

    @AfterEach
    void stop() {
        farSide.close();
    }

    private int run(String... args) {
        CallCommand command =
                new CallCommand(farSide.address("agent"), Path.of(System.getProperty("trunkline.models.dir")));
        return command.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void aMistypedOptionIsAnsweredWithTheNearestOne() {
        assertThat(run("--sya", "hello")).isEqualTo(CallCommand.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("unknown option --sya; did you mean --say?")
                .doesNotContain("Exception");
    }

    @Test
    void aRecordingThatIsNotThereIsNamedBeforeAnythingRings() {
        assertThat(run("--wav", folder.resolve("none.wav").toString())).isEqualTo(CallCommand.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("there is no file")
                .contains("none.wav");
    }

    @Test
    void aRecordingThatIsNoWaveFileIsNamed() throws Exception {
        Path text = Files.writeString(folder.resolve("text.wav"), "this is not sound at all");

        assertThat(run("--wav", text.toString())).isEqualTo(CallCommand.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("text.wav").doesNotContain("Exception");
    }

    @Test
    void aRefusedCallTellsTheCodeAndEndsWithOne() {
        assertThat(run("--to", farSide.address("nobody"))).isEqualTo(CallCommand.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("refused the call: 404");
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("--wav", "--say", "--keys", "--dtmf", "--to", "--record", "--json", "--loss", "--seed")
                .contains(farSide.address("agent"));
    }

    @Test
    void aCallIsRecordedAndToldAsJson() throws Exception {
        Path question = folder.resolve("question.wav");
        WavFile.write(question, Signature.of(1).sound(6));
        Path heard = folder.resolve("heard.wav");
        Path both = folder.resolve("both.wav");

        int code = run(
                "--wav",
                question.toString(),
                "--record",
                heard.toString(),
                "--record-both",
                both.toString(),
                "--json",
                "--no-words");

        assertThat(code).isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toByteArray());
        assertThat(json.get("answered").asBoolean()).isTrue();
        assertThat(json.get("turns")).hasSize(3);
        assertThat(json.get("turns").get(1).get("text").asString()).isEqualTo(question.toString());
        assertThat(json.get("turns").get(2).get("latencyMillis").asInt()).isBetween(380, 700);
        AudioChunk recording = WavFile.read(heard);
        assertThat(recording.format().sampleRate()).isEqualTo(8_000);
        assertThat(Signature.of(9).read(recording.toPcm()).own()).isGreaterThan(80);
        assertThat(WavFile.read(both).format().channels()).isEqualTo(2);
    }

    @Test
    void theConversationIsPrintedWithTheWordsOfBothSides() {
        int code = run("--say", "What are your opening hours?", "--to", farSide.address("echo"), "--timeout", "0.3");

        String printed = out.toString(StandardCharsets.UTF_8);
        assertThat(code).as(printed).isZero();
        assertThat(printed)
                .contains("you    What are your opening hours?")
                .containsPattern("(?i)agent  what are your opening hours")
                .contains("you hung up", "packets: ");
    }
}
