package dev.trunkline.acceptance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Streams chat completions as an OpenAI-compatible server does, over bare sockets: only so can it be seen when the client
 * closes a connection. One script answers every request.
 */
final class ChatDouble implements AutoCloseable {

    /** What is done with a request. */
    @FunctionalInterface
    interface Script {
        void answer(Request request) throws IOException, InterruptedException;
    }

    /** One message of a request. */
    record Message(String role, String content) {}

    private final ServerSocket socket;
    private final Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    ChatDouble(Script script) throws IOException {
        this.script = script;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** What the server needs to find it. */
    Map<String, String> settings() {
        return Map.of(
                "TRUNKLINE_LLM_BASE_URL",
                "http://127.0.0.1:" + socket.getLocalPort() + "/v1",
                "TRUNKLINE_LLM_MODEL",
                "double");
    }

    /** All requests so far, those for turns that went on included. */
    List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (!connection.isClosed()) {
                String body = body(in);
                if (body.isEmpty()) {
                    return;
                }
                Request request = new Request(body, in, connection.getOutputStream());
                requests.add(request);
                script.answer(request);
            }
        } catch (IOException e) {
            // the client went away: what tests want to know of it is noted in the request
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    private static String body(InputStream in) throws IOException {
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** A request and its answer. */
    static final class Request {

        private final JsonNode json;
        private final InputStream in;
        private final OutputStream out;
        private volatile boolean abandoned;

        private Request(String body, InputStream in, OutputStream out) {
            this.json = JsonMapper.shared().readTree(body);
            this.in = in;
            this.out = out;
        }

        List<Message> messages() {
            return StreamSupport.stream(json.get("messages").spliterator(), false)
                    .map(m -> new Message(
                            m.get("role").asString(), m.get("content").asString()))
                    .toList();
        }

        /** What the caller said last. */
        String question() {
            return messages().getLast().content();
        }

        /** Whether the client closed the connection before the answer was complete. */
        boolean abandoned() {
            return abandoned;
        }

        void begin() throws IOException {
            write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        void text(String text) throws IOException {
            chunk("{\"id\":\"d\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"double\",\"choices\":[{"
                    + "\"index\":0,\"delta\":{\"content\":"
                    + JsonMapper.shared().writeValueAsString(text)
                    + "},\"finish_reason\":null}]}");
        }

        void finish() throws IOException {
            chunk("{\"id\":\"d\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"double\",\"choices\":[{"
                    + "\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
            chunk("[DONE]");
            write("0\r\n\r\n");
        }

        /** Holds the answer back until the client has closed its side. */
        void waitUntilAbandoned() {
            try {
                while (in.read() >= 0) {
                    // nothing more is expected
                }
            } catch (IOException e) {
                // closed the hard way
            }
            abandoned = true;
        }

        private void chunk(String data) throws IOException {
            byte[] bytes = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
            write(Integer.toHexString(bytes.length) + "\r\n" + new String(bytes, StandardCharsets.UTF_8) + "\r\n");
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
