package dev.trunkline.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.trunkline.app.calls.CallBook;
import dev.trunkline.app.calls.CallMemory;
import dev.trunkline.app.calls.Records;
import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.engine.EngineView;
import dev.trunkline.app.health.Health;
import dev.trunkline.app.health.Part;
import dev.trunkline.core.record.Speaker;
import dev.trunkline.core.record.TurnLatency;
import dev.trunkline.telephony.rtp.RtpDoor;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ControlPlaneTest {

    private static final FakeEngine ENGINE = new FakeEngine();
    private static final PrometheusMeterRegistry METRICS = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ControlPlane plane;

    @BeforeAll
    static void start() {
        METRICS.counter("trunkline.things").increment();
        plane = ControlPlane.start(new Configuration.Web(InetAddress.getLoopbackAddress(), 0), ENGINE, METRICS);
    }

    @AfterAll
    static void stop() {
        plane.close();
        assertThat(ENGINE.closed).as("the engine outlives the control plane").isFalse();
    }

    @BeforeEach
    void allIsWell() {
        ENGINE.reset();
    }

    @Test
    void aHealthyServerSaysSoWithEveryPart() {
        HttpResponse<String> answer = get("/health");

        JsonNode health = json(answer);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(health.get("status").asString()).isEqualTo("up");
        assertThat(health.get("version").asString()).isNotEmpty();
        assertThat(health.get("dial").asString()).isEqualTo("sip:reception@127.0.0.1:5060");
        assertThat(health.get("parts").get("sip").get("state").asString()).isEqualTo("up");
        assertThat(health.get("calls").get("active").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "models,   STARTING, true,  503, starting",
        "models,   DOWN,     true,  503, down",
        "database, DOWN,     false, 200, degraded",
        "database, STARTING, false, 200, up"
    })
    void onlyAPartThatCallsNeedMakesTheServerUnavailable(
            String part, Part.State state, boolean vital, int status, String word) {
        ENGINE.parts = List.of(new Part(part, state, "", vital), new Part("sip", Part.State.UP, "", true));

        HttpResponse<String> answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).get("status").asString()).isEqualTo(word);
    }

    @Test
    void aDrainingServerIsUnavailable() {
        ENGINE.draining = true;

        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(json(get("/health")).get("status").asString()).isEqualTo("draining");
    }

    @Test
    void figuresAreGivenAsPrometheusReadsThem() {
        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).matches("text/plain; ?version=0.0.4.*");
        assertThat(answer.body()).contains("trunkline_things_total 1.0");
    }

    @Test
    void aPageOfCallsNamesTheNextOne() {
        ENGINE.memory.write(Records.opened(9));

        JsonNode page = json(get("/api/v1/calls?limit=2"));
        JsonNode next =
                json(get("/api/v1/calls?limit=2&before=" + page.get("next").asString()));

        assertThat(page.get("items")).hasSize(2);
        assertThat(page.get("items").get(0).get("id").asString()).isEqualTo("call-0009");
        assertThat(page.get("items").get(0).get("channel").asString()).isEqualTo("sip");
        assertThat(page.get("items").get(0).get("state").asString()).isEqualTo("ringing");
        assertThat(page.get("items").get(0).has("turns")).isFalse();
        assertThat(page.get("complete").asBoolean()).isTrue();
        assertThat(next.get("items").get(0).get("id").asString()).isEqualTo("call-0002");
        assertThat(next.has("next")).isFalse();
    }

    @Test
    void aCallShowsItsTurnsAndWhereTheirTimeWent() {
        ENGINE.memory.write(Records.opened(9));
        ENGINE.memory.write(Records.turn(9, 1, Speaker.CALLER, "Hi", new TurnLatency(500, 200, -1, -1, -1, -1, false)));
        ENGINE.memory.write(
                Records.turn(9, 2, Speaker.AGENT, "Hello", new TurnLatency(500, 200, 10, 90, 20, 640, true)));
        ENGINE.memory.write(Records.closed(9));

        JsonNode call = json(get("/api/v1/calls/call-0009"));

        assertThat(call.get("state").asString()).isEqualTo("ended");
        assertThat(call.get("endReason").asString()).isEqualTo("caller_hung_up");
        assertThat(call.get("turns")).hasSize(2);
        assertThat(call.get("turns").get(0).get("text").asString()).isEqualTo("Hi");
        assertThat(call.get("turns").get(0).get("latency").has("mouthToEar")).isFalse();
        assertThat(call.get("turns").get(1).get("speaker").asString()).isEqualTo("agent");
        assertThat(call.get("turns").get(1).get("latency").get("mouthToEar").asInt())
                .isEqualTo(640);
    }

    @Test
    void whileTheRecordIsAwayLiveCallsAreShownAndOthersAreUnavailable() {
        ENGINE.memory.write(Records.opened(9));
        ENGINE.history.away = true;

        JsonNode page = json(get("/api/v1/calls"));

        assertThat(page.get("items")).hasSize(1);
        assertThat(page.get("complete").asBoolean()).isFalse();
        assertThat(get("/api/v1/calls/call-0009").statusCode()).isEqualTo(200);
        HttpResponse<String> other = get("/api/v1/calls/call-0001");
        assertThat(other.statusCode()).isEqualTo(503);
        assertThat(other.headers().firstValue("Retry-After")).contains("5");
        isProblem(other);
    }

    @ParameterizedTest
    @CsvSource({
        "/nowhere,                        404",
        "/api/v1/nowhere,                 404",
        "/api/v1/calls/unknown,           404",
        "/api/v1/calls/not%20an%20id,     400",
        "/api/v1/calls?limit=0,           400",
        "/api/v1/calls?limit=501,         400",
        "/api/v1/calls?limit=ten,         400",
        "/api/v1/calls?before=%2F%2F,     400"
    })
    void whatCannotBeAnsweredIsAProblemOfRfc9457(String path, int status) {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        isProblem(answer);
    }

    @Test
    void aMethodThatIsNotThereIsAProblem() throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(uri("/api/v1/calls")).DELETE().build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        isProblem(answer);
    }

    @Test
    void aRequestLineThatIsNoHttpIsAProblemToo() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plane.port())) {
            socket.getOutputStream().write("GET /a|b HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json")
                    .contains("\"status\":400");
            assertThat(answer).doesNotContain("Tomcat").doesNotContain("\tat ");
        }
    }

    @Test
    void aFailureInsideTellsNothingOfTheInside() {
        ENGINE.broken = true;

        HttpResponse<String> answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(500);
        isProblem(answer);
        assertThat(answer.body()).doesNotContain("s3cret").doesNotContain("IllegalState");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/trunkline.js", "/trunkline.css"})
    void thePageIsServedFromHere(String path) {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("http://").doesNotContain("https://");
    }

    @Test
    void aTakenPortIsToldWithTheSettingToChange() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(PortTakenException.class)
                    .isThrownBy(() -> ControlPlane.start(
                            new Configuration.Web(InetAddress.getLoopbackAddress(), taken.getLocalPort()),
                            ENGINE,
                            METRICS))
                    .withMessageContaining("TRUNKLINE_HTTP_PORT")
                    .withMessageContaining(Integer.toString(taken.getLocalPort()));
        }
        assertThat(ENGINE.closed)
                .as("the engine outlives a control plane that failed")
                .isFalse();
    }

    private static void isProblem(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(json(answer).get("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(json(answer).get("title").asString()).isNotEmpty();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + plane.port() + path);
    }

    private static HttpResponse<String> get(String path) {
        try {
            return CLIENT.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Shows what it is told to. */
    static final class FakeEngine implements EngineView, AutoCloseable {

        private Records.History history = new Records.History();
        private CallMemory memory = new CallMemory(entry -> {}, 10);
        private List<Part> parts = List.of();
        private boolean draining;
        private boolean broken;
        private boolean closed;

        void reset() {
            history = new Records.History(1, 2, 3);
            memory = new CallMemory(entry -> {}, 10);
            parts = List.of(
                    new Part("sip", Part.State.UP, "UDP", true), new Part("database", Part.State.UP, "", false));
            draining = false;
            broken = false;
        }

        @Override
        public Health health() {
            if (broken) {
                throw new IllegalStateException("s3cret");
            }
            return new Health("node", parts, draining, 3, 200);
        }

        @Override
        public CallBook calls() {
            return new CallBook(memory, history);
        }

        @Override
        public RtpDoor rtpDoor() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String dialAddress() {
            return "sip:reception@127.0.0.1:5060";
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
