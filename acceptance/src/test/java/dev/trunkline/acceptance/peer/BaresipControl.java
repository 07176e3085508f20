package dev.trunkline.acceptance.peer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** baresip's commands and what it tells: JSON in netstrings over TCP. */
final class BaresipControl implements AutoCloseable {

    private final Socket socket;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();

    BaresipControl(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    /** Whether somebody listens. */
    static boolean isThere(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Gives a command and waits until it is done. */
    void command(String command, String parameters) {
        byte[] json = JsonMapper.shared()
                .writeValueAsBytes(Map.of("command", command, "params", parameters, "token", command));
        try {
            socket.getOutputStream()
                    .write((json.length + ":" + new String(json, StandardCharsets.UTF_8) + ",")
                            .getBytes(StandardCharsets.UTF_8));
            JsonNode answer = answers.poll(10, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("baresip did not answer to " + command);
            }
            if (!answer.path("ok").asBoolean()) {
                throw new AssertionError("baresip could not " + command + " " + parameters + ": " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The kinds of events so far. */
    List<String> told() {
        return told;
    }

    private void read() {
        try (InputStream in = new BufferedInputStream(socket.getInputStream())) {
            for (byte[] message = netstring(in); message != null; message = netstring(in)) {
                JsonNode json = JsonMapper.shared().readTree(message);
                if (json.path("event").asBoolean()) {
                    told.add(json.path("type").asString());
                } else {
                    answers.add(json);
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static byte @Nullable [] netstring(InputStream in) throws IOException {
        int length = 0;
        int c = in.read();
        while (c >= '0' && c <= '9') {
            length = length * 10 + c - '0';
            c = in.read();
        }
        if (c < 0) {
            return null;
        }
        byte[] text = in.readNBytes(length);
        return in.read() < 0 ? null : text;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
