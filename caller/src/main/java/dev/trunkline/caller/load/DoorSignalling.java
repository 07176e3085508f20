package dev.trunkline.caller.load;

import dev.trunkline.caller.signalling.CallProgress;
import dev.trunkline.caller.signalling.Signalling;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls through the server's door for raw RTP, without SIP: {@code POST /api/v1/media/rtp} reserves an endpoint, {@code DELETE}
 * ends it. That a call was ended by the server is not told. Thread-safe.
 */
final class DoorSignalling implements Signalling {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CREATED = 201;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI door;

    /** @param http the server's web address */
    DoorSignalling(URI http) {
        this.door = http.resolve("api/v1/media/rtp");
    }

    /** @param target the agent's name */
    @Override
    public Attempt call(String target, Offer offer, Consumer<CallProgress> listener) {
        String wish = MAPPER.createObjectNode()
                .put("agent", target)
                .put("codec", "pcmu")
                .put("remoteAddress", InetAddress.getLoopbackAddress().getHostAddress())
                .put("remotePort", offer.port())
                .put("caller", "load")
                .toString();
        DoorAttempt attempt = new DoorAttempt(listener);
        var unused = client.sendAsync(
                        HttpRequest.newBuilder(door)
                                .header("Content-Type", "application/json")
                                .timeout(PATIENCE)
                                .POST(HttpRequest.BodyPublishers.ofString(wish))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .whenComplete((response, failure) -> attempt.reserved(response, failure));
        return attempt;
    }

    @Override
    public InetAddress localAddressFor(String target) {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void close() {
        client.close();
    }

    private final class DoorAttempt implements Attempt {

        private final Consumer<CallProgress> listener;
        private volatile String id = "";

        DoorAttempt(Consumer<CallProgress> listener) {
            this.listener = listener;
        }

        void reserved(@Nullable HttpResponse<String> response, @Nullable Throwable failure) {
            if (response == null) {
                listener.accept(new CallProgress.Failed(String.valueOf(failure)));
            } else if (response.statusCode() != CREATED) {
                listener.accept(new CallProgress.Refused(response.statusCode(), response.body()));
            } else {
                try {
                    JsonNode endpoint = MAPPER.readTree(response.body());
                    id = endpoint.path("id").asString();
                    listener.accept(new CallProgress.Answered(
                            new InetSocketAddress(
                                    InetAddress.ofLiteral(
                                            endpoint.path("address").asString()),
                                    endpoint.path("port").asInt()),
                            endpoint.path("payloadType").asInt(),
                            -1));
                } catch (JacksonException | IllegalArgumentException e) {
                    listener.accept(new CallProgress.Failed("the answer makes no sense: " + e.getMessage()));
                }
            }
        }

        @Override
        public String callId() {
            return id;
        }

        @Override
        public void hangUp() {
            var unused = client.sendAsync(
                            HttpRequest.newBuilder(URI.create(door + "/" + id))
                                    .timeout(PATIENCE)
                                    .DELETE()
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .whenComplete((response, failure) -> listener.accept(new CallProgress.HungUp(false, "")));
        }

        @Override
        public void infoKey(char digit) {
            throw new UnsupportedOperationException("there is no signalling for keys");
        }
    }
}
