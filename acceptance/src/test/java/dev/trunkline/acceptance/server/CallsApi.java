package dev.trunkline.acceptance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the server tells by HTTP. Thread-safe. */
public final class CallsApi {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final int port;

    CallsApi(int port) {
        this.port = port;
    }

    /** An answer: status and body. */
    public record Answer(int status, String body) {}

    /** GET. */
    public Answer get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    /** POST of JSON, and the JSON of a thing that was made. */
    public JsonNode post(String path, String json) {
        Answer answer = send("POST", path, HttpRequest.BodyPublishers.ofString(json));
        if (answer.status() != 201) {
            throw new AssertionError(path + " answered " + answer.status() + ": " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    /** DELETE, and the status. */
    public int delete(String path) {
        return send("DELETE", path, HttpRequest.BodyPublishers.noBody()).status();
    }

    private Answer send(String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** GET of JSON that must be there. */
    public JsonNode json(String path) {
        Answer answer = get(path);
        if (answer.status() != 200) {
            throw new AssertionError(path + " answered " + answer.status() + ": " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    /** The newest calls, newest first, without their turns. */
    public List<JsonNode> calls() {
        return StreamSupport.stream(json("/api/v1/calls?limit=100").get("items").spliterator(), false)
                .toList();
    }

    /** The newest call, with its turns. */
    public JsonNode newestCall() {
        List<JsonNode> calls = calls();
        if (calls.isEmpty()) {
            throw new AssertionError("the server knows of no call");
        }
        return call(calls.getFirst().get("id").asString());
    }

    /** A call with its turns. */
    public JsonNode call(String id) {
        return json("/api/v1/calls/" + id);
    }

    /** The turns of a call by that speaker, {@code caller} or {@code agent}. */
    public static List<JsonNode> turns(JsonNode call, String speaker) {
        return StreamSupport.stream(call.get("turns").spliterator(), false)
                .filter(turn -> turn.get("speaker").asString().equals(speaker))
                .toList();
    }
}
