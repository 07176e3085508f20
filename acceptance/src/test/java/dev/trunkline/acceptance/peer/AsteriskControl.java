package dev.trunkline.acceptance.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The few commands of Asterisk's REST interface by which tests make it call. Thread-safe. */
public final class AsteriskControl {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String base;
    private final String authorization;

    AsteriskControl(int port, String user, String password) {
        this.base = "http://127.0.0.1:" + port + "/ari";
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether it is there. */
    boolean answers() {
        try {
            return send("GET", "/asterisk/ping", "").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /**
     * Places a call.
     *
     * @param dialled such as {@code PJSIP/trunk/sip:echo@127.0.0.1:5060}
     * @param from the user part of who calls
     * @param extension of the context {@code talk}, run when the call is answered
     * @param variables for that extension
     * @return the channel
     */
    String originate(String dialled, String from, String extension, Map<String, String> variables) {
        String query = "?endpoint=" + encoded(dialled) + "&callerId=" + encoded("<" + from + ">")
                + "&context=talk&priority=1&timeout=30&extension=" + encoded(extension);
        String body = JsonMapper.shared().writeValueAsString(Map.of("variables", variables));
        HttpResponse<String> response = send("POST", "/channels" + query, body);
        if (response.statusCode() != 200) {
            throw new AssertionError("Asterisk could not call " + dialled + ": " + response.body());
        }
        return JsonMapper.shared().readTree(response.body()).get("id").asString();
    }

    /** Whether a channel lives. */
    boolean channelExists(String channel) {
        return send("GET", "/channels/" + channel, "").statusCode() == 200;
    }

    /** Ends a channel. */
    void hangUp(String channel) {
        send("DELETE", "/channels/" + channel, "");
    }

    private HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
