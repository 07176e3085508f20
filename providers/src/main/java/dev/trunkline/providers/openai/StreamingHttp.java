package dev.trunkline.providers.openai;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * LangChain4j's way to the network, on the thread that asks. Unlike its own client it can close the connection while the
 * first byte is still awaited, and notices a server that falls silent.
 */
final class StreamingHttp implements HttpClient {

    /** The answer that the calling thread works for. */
    static final ScopedValue<StreamingCall> CALL = ScopedValue.newInstance();

    private static final Pattern ERROR_IN_STREAM =
            Pattern.compile("^\\s*\\{\\s*\"error\"\\s*:\\s*[{\"].*", Pattern.DOTALL);
    private static final int ERROR_BODY = 8192;

    private final java.net.http.HttpClient client;

    StreamingHttp(java.net.http.HttpClient client) {
        this.client = client;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("only streams");
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        StreamingCall call = CALL.get();
        CompletableFuture<HttpResponse<InputStream>> sending =
                client.sendAsync(translated(request), HttpResponse.BodyHandlers.ofInputStream());
        call.uses(() -> sending.cancel(true));
        try {
            HttpResponse<InputStream> response = sending.get();
            try (InputStream body = response.body()) {
                call.uses(() -> closed(body));
                if (response.statusCode() / 100 != 2) {
                    call.failed(Refusal.message(
                            response.statusCode(),
                            new String(body.readNBytes(ERROR_BODY), StandardCharsets.UTF_8),
                            response.headers().firstValue("retry-after").orElse("")));
                    listener.onError(new HttpException(response.statusCode(), "refused"));
                    return;
                }
                Watched watched = new Watched(listener, call);
                parser.parse(body, watched);
                watched.onClose();
            }
        } catch (CancellationException e) {
            // closed by ourselves; whoever did it has told why
        } catch (ExecutionException e) {
            call.failed(unreachable(e.getCause() == null ? e : e.getCause()));
        } catch (IOException e) {
            call.failed("the answer was cut off");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.cancel();
        }
    }

    private static java.net.http.HttpRequest translated(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }

    private static String unreachable(Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException _ -> "no connection in time";
            case UnknownHostException _ -> "its host is unknown";
            case ConnectException _ -> "no connection";
            case SSLException _ -> "no trusted connection";
            default -> "the connection broke before an answer";
        };
    }

    private static void closed(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // it is of no use any more either way
        }
    }

    /** Watches the events go by. */
    private static final class Watched implements ServerSentEventListener {

        private final ServerSentEventListener listener;
        private final StreamingCall call;

        Watched(ServerSentEventListener listener, StreamingCall call) {
            this.listener = listener;
            this.call = call;
        }

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            call.data();
            if (call.hasEnded()) {
                return;
            }
            if (event.data().equals("[DONE]")) {
                call.complete();
            } else if (ERROR_IN_STREAM.matcher(event.data()).matches()) {
                call.failed(Refusal.inStream(event.data()));
                return;
            }
            listener.onEvent(event, context);
        }

        @Override
        public void onError(Throwable error) {
            call.failed("the answer was cut off");
        }

        @Override
        public void onClose() {
            if (!call.hasEnded()) {
                listener.onClose();
            }
        }
    }

    /** Gives LangChain4j this client; the time-outs are our own. */
    static final class Builder implements HttpClientBuilder {

        private final java.net.http.HttpClient client;
        private Duration connectTimeout = Duration.ZERO;
        private Duration readTimeout = Duration.ZERO;

        Builder(java.net.http.HttpClient client) {
            this.client = client;
        }

        @Override
        public Duration connectTimeout() {
            return connectTimeout;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        @Override
        public Duration readTimeout() {
            return readTimeout;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            readTimeout = timeout;
            return this;
        }

        @Override
        public HttpClient build() {
            return new StreamingHttp(client);
        }
    }
}
