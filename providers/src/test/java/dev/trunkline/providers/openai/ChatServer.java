package dev.trunkline.providers.openai;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Speaks the server's side of streamed chat completions over a bare socket, so that it can do what real servers and
 * networks do: send a comment, split a character, stall, cut. One script answers every request.
 */
final class ChatServer implements AutoCloseable {

    /** What a test has the server do with a request. */
    @FunctionalInterface
    interface Script {
        void play(Exchange exchange) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

    ChatServer(Script script) throws IOException {
        this.script = script;
        this.socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
    }

    int openConnections() {
        return open.size();
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
            while (true) {
                Exchange exchange = new Exchange(connection, in);
                if (!exchange.readRequest()) {
                    return;
                }
                exchanges.add(exchange);
                script.play(exchange);
                if (connection.isClosed()) {
                    return;
                }
            }
        } catch (IOException e) {
            // the client went away: what the tests want to see is noted in the exchange
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
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

    /** One request and its answer. */
    static final class Exchange {

        private final Socket connection;
        private final InputStream in;
        private final OutputStream out;
        private final CountDownLatch gone = new CountDownLatch(1);
        String requestLine = "";
        final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String body = "";

        Exchange(Socket connection, InputStream in) throws IOException {
            this.connection = connection;
            this.in = in;
            this.out = connection.getOutputStream();
        }

        private boolean readRequest() throws IOException {
            requestLine = line();
            if (requestLine.isEmpty()) {
                return false;
            }
            for (String header = line(); !header.isEmpty(); header = line()) {
                String[] parts = header.split(":", 2);
                headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            return true;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        /** An answer that is no stream. */
        void answer(int status, String json, String... moreHeaders) throws IOException {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            String head = "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
                    + bytes.length + "\r\n"
                    + String.join(
                            "",
                            List.of(moreHeaders).stream().map(h -> h + "\r\n").toList()) + "\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.flush();
        }

        /** The head of a stream in chunks. */
        void begin() throws IOException {
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        void event(String data) throws IOException {
            raw(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        }

        void comment() throws IOException {
            raw(": ping\n\n".getBytes(StandardCharsets.UTF_8));
        }

        void raw(byte[] bytes) throws IOException {
            out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        void text(String text) throws IOException {
            event(delta(text));
        }

        void finish() throws IOException {
            event(
                    "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                            + "\"delta\":{},\"finish_reason\":\"stop\"}]}");
            event("{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                    + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3,\"total_tokens\":15}}");
            event("[DONE]");
            end();
        }

        void end() throws IOException {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        void cut() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }

        /** Ends the connection politely without having said that the answer is complete. */
        void hangUp() throws IOException {
            connection.close();
        }

        /** Blocks until the client has closed its side. */
        void awaitClientGone() {
            try {
                while (in.read() >= 0) {
                    // nothing more is expected
                }
            } catch (IOException e) {
                // gone as well
            }
            gone.countDown();
        }

        boolean sawClientGo() {
            return gone.getCount() == 0;
        }

        static String delta(String text) {
            return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}]}";
        }
    }
}
