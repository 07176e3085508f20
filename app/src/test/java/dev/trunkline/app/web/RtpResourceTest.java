package dev.trunkline.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.app.calls.CallBook;
import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.engine.EngineView;
import dev.trunkline.app.health.Health;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.telephony.rtp.RtpDoor;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The RTP door as its users see it: by HTTP, with a real media engine behind. */
class RtpResourceTest {

    private static final int MOST = 3;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<Leg> LEGS = new CopyOnWriteArrayList<>();
    private static volatile @Nullable RejectCause refusing;
    private static MediaEngine media;
    private static RtpDoor door;
    private static ControlPlane plane;

    @BeforeAll
    static void start() {
        media = MediaEngine.start(
                MediaSettings.defaults().withPorts(24_200, 24_219).withShards(1), new EnergyVad());
        door = RtpDoor.open(
                media,
                LEGS::add,
                agent -> agent.equals("reception") || agent.equals("echo")
                        ? Optional.ofNullable(refusing)
                        : Optional.of(RejectCause.NOT_FOUND),
                peer -> InetAddress.getLoopbackAddress(),
                MOST);
        plane = ControlPlane.start(
                new Configuration.Web(InetAddress.getLoopbackAddress(), 0),
                new DoorOnly(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    @AfterAll
    static void stop() {
        plane.close();
        door.close();
        media.close();
    }

    @BeforeEach
    void nothingIsReserved() {
        refusing = null;
        door.all().forEach(endpoint -> door.end(endpoint.id()));
        await().until(() -> door.size() == 0);
        LEGS.clear();
    }

    @Test
    void withoutAWordReceptionIsReservedInPcmu() {
        HttpResponse<String> answer = post("/api/v1/media/rtp", "");

        JsonNode endpoint = json(answer);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location").orElse(""))
                .isEqualTo("/api/v1/media/rtp/" + endpoint.get("id").asString());
        assertThat(endpoint.get("state").asString()).isEqualTo("reserved");
        assertThat(endpoint.get("agent").asString()).isEqualTo("reception");
        assertThat(endpoint.get("address").asString()).isEqualTo("127.0.0.1");
        assertThat(endpoint.get("port").asInt()).isBetween(24_200, 24_219);
        assertThat(endpoint.get("codec").asString()).isEqualTo("pcmu");
        assertThat(endpoint.get("payloadType").asInt()).isZero();
        assertThat(endpoint.get("dtmfPayloadType").asInt()).isEqualTo(101);
        assertThat(endpoint.get("ptime").asInt()).isEqualTo(20);
        assertThat(endpoint.has("expiresAt")).isTrue();
        assertThat(endpoint.get("sdp").asString())
                .contains("m=audio " + endpoint.get("port").asInt() + " RTP/AVP 0 101\r\n");
    }

    @Test
    void everythingThatCanBeAskedForIsTaken() {
        HttpResponse<String> answer = post("/externalmedia", """
                {"agent": "echo", "codec": "alaw", "payloadType": 8, "dtmfPayloadType": null, "ptime": 40,
                 "remoteAddress": "127.0.0.1", "remotePort": 40000, "symmetric": false,
                 "caller": "+493012345", "callerName": "Anna", "called": "100", "idleTimeout": 5}""");

        JsonNode endpoint = json(answer);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(endpoint.get("codec").asString()).isEqualTo("pcma");
        assertThat(endpoint.has("dtmfPayloadType")).isFalse();
        assertThat(endpoint.get("ptime").asInt()).isEqualTo(40);
        assertThat(endpoint.get("remotePort").asInt()).isEqualTo(40_000);
        assertThat(endpoint.has("expiresAt")).as("the call begins at once").isFalse();
        assertThat(endpoint.get("remoteSdp").asString()).contains("m=audio 40000 RTP/AVP 8\r\n");
        await().until(() -> LEGS.size() == 1);
        assertThat(LEGS.getFirst().from().name()).isEqualTo("Anna");
        assertThat(LEGS.getFirst().to().address()).isEqualTo("100");
    }

    @Test
    void anEndpointIsShownListedAndEnded() {
        String id = json(post("/api/v1/media/rtp", "{}")).get("id").asString();

        assertThat(json(get("/api/v1/media/rtp/" + id)).get("state").asString()).isEqualTo("reserved");
        assertThat(json(get("/externalmedia")).get("items").get(0).get("id").asString())
                .isEqualTo(id);
        assertThat(delete("/api/v1/media/rtp/" + id).statusCode()).isEqualTo(204);

        await().until(() ->
                json(get("/api/v1/media/rtp/" + id)).get("state").asString().equals("ended"));
        assertThat(json(get("/api/v1/media/rtp/" + id)).get("endReason").asString())
                .isEqualTo("cancelled");
        isProblem(delete("/api/v1/media/rtp/" + id), 404);
    }

    @Test
    void anEndpointThatWasNeverThereIsAProblem() {
        isProblem(get("/api/v1/media/rtp/rtp-0"), 404);
        isProblem(delete("/externalmedia/rtp-0"), 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"codec\": \"g729\"}",
                "{\"codec\": 0}",
                "{\"agent\": \"nobody\"}",
                "{\"agent\": \"\"}",
                "{\"agnet\": \"echo\"}",
                "{\"payloadType\": 72}",
                "{\"payloadType\": 1e9}",
                "{\"payloadType\": 101}",
                "{\"payloadType\": null}",
                "{\"ptime\": 25}",
                "{\"idleTimeout\": 0}",
                "{\"idleTimeout\": 86400}",
                "{\"remoteAddress\": \"media.example\", \"remotePort\": 5004}",
                "{\"remoteAddress\": \"127.0.0.1\"}",
                "{\"remoteAddress\": \"0.0.0.0\", \"remotePort\": 5004}",
                "{\"remoteAddress\": \"127.0.0.1\", \"remotePort\": 65536}",
                "{\"symmetric\": false}",
                "{\"symmetric\": \"no\"}",
                "[]",
                "null",
                "{\"codec\": \"pcmu\"",
                "codec=pcmu"
            })
    void whatCannotBeReservedIsToldWhy(String body) {
        HttpResponse<String> answer = post("/api/v1/media/rtp", body);

        isProblem(answer, 400);
        assertThat(json(answer).get("detail").asString()).hasSizeGreaterThan(10);
        assertThat(door.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "UNAVAILABLE"})
    void aServerThatTakesNoCallsReservesNothing(RejectCause cause) {
        refusing = cause;

        HttpResponse<String> answer = post("/api/v1/media/rtp", "{}");

        isProblem(answer, 503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    }

    @Test
    void moreEndpointsThanPlacesAreRefused() {
        for (int i = 0; i < MOST; i++) {
            assertThat(post("/api/v1/media/rtp", "{}").statusCode()).isEqualTo(201);
        }
        isProblem(post("/api/v1/media/rtp", "{}"), 503);
    }

    private static void isProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    private static HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private static HttpResponse<String> delete(String path) {
        return send(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + plane.port() + path);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    /** An engine of which only the door is there. */
    private static final class DoorOnly implements EngineView {

        @Override
        public Health health() {
            return new Health("node", List.of(), false, 0, MOST);
        }

        @Override
        public CallBook calls() {
            throw new UnsupportedOperationException();
        }

        @Override
        public RtpDoor rtpDoor() {
            return door;
        }

        @Override
        public String dialAddress() {
            return "";
        }
    }
}
