package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.peer.Ffmpeg;
import dev.trunkline.acceptance.peer.OpenSipsLine;
import dev.trunkline.acceptance.peer.RtpDoorLine;
import dev.trunkline.acceptance.server.FreePorts;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.voice.Prompts;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.ScriptedCaller;
import dev.trunkline.caller.report.CallReport;
import dev.trunkline.caller.signalling.Signalling;
import dev.trunkline.media.wav.WavFile;
import dev.trunkline.sound.AudioChunk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Calls that come otherwise than by our SIP port: words are said to the echo agent, and come back. */
class DoorsTest {

    private static final int RATE = 8_000;
    /** Its end: a receiver that is started with the call may miss the first words. */
    private static final String GREETING = "speak hear|yourselves";

    private static OpenSipsLine openSips;
    private static RunningServer server;
    private static int listenPort;

    private final Prompts.Prompt prompt = Prompts.all().get(9);

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        openSips = new OpenSipsLine();
        listenPort = FreePorts.udp() & ~1;
        server = RunningServer.start(Map.of(
                "TRUNKLINE_OPENSIPS_MI",
                openSips.address(),
                "TRUNKLINE_RTP_LISTEN_PORT",
                Integer.toString(listenPort),
                "TRUNKLINE_RTP_LISTEN_AGENT",
                "echo"));
        await().until(openSips::subscribed);
    }

    @AfterAll
    static void stop() {
        server.close();
        openSips.close();
    }

    private CallReport echoed(Signalling line) {
        return ScriptedCaller.to(server.address("echo"))
                .over(line)
                .say(prompt.words(), prompt.sound())
                .patience(Duration.ofSeconds(10))
                .stay(Duration.ofMillis(500))
                .run();
    }

    private static JsonNode record(String channel, String caller) {
        return await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(
                        () -> server.api().calls().stream()
                                .filter(call -> call.get("channel").asString().equals(channel)
                                        && call.get("from")
                                                .get("address")
                                                .asString()
                                                .contains(caller)
                                        && call.has("endedAt"))
                                .findFirst(),
                        call -> call.isPresent())
                .orElseThrow();
    }

    private void cameBack(CallReport report) {
        assertThat(report.answered()).as("%s", report.outcome()).isTrue();
        String words = Ears.hear(report.heard());
        assertThatHeard(words).containsInOrder(GREETING);
        short[] pcm = report.heard().toPcm();
        int said = (int) (report.callerTurns().getFirst().start().toMillis() * RATE / 1000);
        assertThatHeard(Ears.hear(AudioChunk.ofPcm(Arrays.copyOfRange(pcm, said, pcm.length), RATE)))
                .isLike(prompt.words(), 34);
    }

    @Test
    void aMediaServerReservesAnEndpointAndItsCallerIsHeard() {
        RtpDoorLine door = new RtpDoorLine(server.httpPort());

        CallReport report = echoed(door);

        cameBack(report);
        assertThat(door.show(report.callId()).get("endReason").asString()).isEqualTo("operator");
        assertThat(record("rtp", "+493012345").get("endReason").asString()).isEqualTo("operator");
    }

    @Test
    void aCallerBehindOpenSipsIsHeard() {
        CallReport report = echoed(openSips);

        cameBack(report);
        JsonNode call = record("opensips", "+493012345@example.com");
        assertThat(call.get("from").get("name").asString()).isEqualTo("Anna");
        assertThat(call.get("endReason").asString()).isEqualTo("caller_hung_up");
    }

    @Test
    void aPlainFfmpegReservesSpeaksAndHears() throws IOException {
        int port = FreePorts.udp() & ~1;
        JsonNode endpoint = new RtpDoorLine(server.httpPort())
                .reserve("{\"agent\": \"echo\", \"remoteAddress\": \"127.0.0.1\", \"remotePort\": " + port
                        + ", \"symmetric\": false, \"dtmfPayloadType\": null}");
        Path heard = folder.resolve("heard.wav");
        try (Ffmpeg ear = Ffmpeg.hears(endpoint.get("remoteSdp").asString(), heard, 14);
                Ffmpeg mouth = Ffmpeg.says(spoken(), endpoint.get("port").asInt())) {
            mouth.await(Duration.ofSeconds(60));
            ear.await(Duration.ofSeconds(60));
        }

        assertThatHeard(Ears.hear(WavFile.read(heard))).containsInOrder(lastWords());
    }

    @Test
    void whoJustSendsToTheKnownPortIsHeard() throws IOException {
        try (Ffmpeg mouth = Ffmpeg.says(spoken(), listenPort)) {
            mouth.await(Duration.ofSeconds(60));
        }

        JsonNode call = record("rtp", "rtp:127.0.0.1:");
        assertThat(call.get("agent").asString()).isEqualTo("echo");
        assertThat(call.get("endReason").asString()).isEqualTo("media_timeout");
    }

    /** After the greeting, and with silence behind in which the words come back. */
    private Path spoken() throws IOException {
        short[] words = prompt.sound().toPcm();
        int rate = prompt.sound().format().sampleRate();
        short[] all = new short[rate * 8 + words.length + rate * 4];
        System.arraycopy(words, 0, all, rate * 8, words.length);
        Path wav = folder.resolve("spoken.wav");
        WavFile.write(wav, AudioChunk.ofPcm(all, rate));
        return wav;
    }

    /** The longest word of the sentence is enough. */
    private String lastWords() {
        String longest = "";
        for (String word : prompt.words().split("[^A-Za-z]+")) {
            longest = word.length() > longest.length() ? word : longest;
        }
        return longest.toLowerCase(Locale.ROOT);
    }
}
