package dev.trunkline.acceptance.peer;

import dev.trunkline.caller.signalling.CallProgress;
import dev.trunkline.caller.signalling.Signalling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A media server that reserves an RTP endpoint for each of its calls and asks now and then whether it is over. */
public final class RtpDoorLine implements Signalling {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final long PAUSE_MILLIS = 100;

    private final String resource;

    /** At the server with that HTTP port. */
    public RtpDoorLine(int httpPort) {
        resource = "http://127.0.0.1:" + httpPort + "/externalmedia";
    }

    /** Reserves an endpoint; what is not given has its default. */
    public JsonNode reserve(String json) {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(resource)).POST(HttpRequest.BodyPublishers.ofString(json)));
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    /** What became of an endpoint. */
    public JsonNode show(String id) {
        return JsonMapper.shared()
                .readTree(send(HttpRequest.newBuilder(URI.create(resource + "/" + id)))
                        .body());
    }

    private void delete(String id) {
        send(HttpRequest.newBuilder(URI.create(resource + "/" + id)).DELETE());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Attempt call(String target, Offer offer, Consumer<CallProgress> listener) {
        String agent = target.substring(target.indexOf(':') + 1, target.indexOf('@'));
        JsonNode endpoint = reserve("{\"agent\": \"" + agent + "\", \"codec\": \""
                + (offer.payloadTypes().getFirst() == 8 ? "alaw" : "ulaw")
                + "\", \"remoteAddress\": \"127.0.0.1\", \"remotePort\": " + offer.port()
                + ", \"caller\": \"+493012345\"}");
        String id = endpoint.get("id").asString();
        AtomicBoolean over = new AtomicBoolean();
        Thread.ofVirtual().start(() -> {
            listener.accept(new CallProgress.Answered(
                    new InetSocketAddress(
                            endpoint.get("address").asString(),
                            endpoint.get("port").asInt()),
                    endpoint.get("payloadType").asInt(),
                    endpoint.get("dtmfPayloadType").asInt()));
            while (!over.get() && !show(id).get("state").asString().equals("ended")) {
                pause();
            }
            if (over.compareAndSet(false, true)) {
                listener.accept(new CallProgress.HungUp(true, ""));
            }
        });
        return new Attempt() {
            @Override
            public String callId() {
                return id;
            }

            @Override
            public void hangUp() {
                if (over.compareAndSet(false, true)) {
                    delete(id);
                    listener.accept(new CallProgress.HungUp(false, ""));
                }
            }

            @Override
            public void infoKey(char digit) {}
        };
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public InetAddress localAddressFor(String target) {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void close() {}
}
