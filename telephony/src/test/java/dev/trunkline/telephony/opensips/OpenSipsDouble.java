package dev.trunkline.telephony.opensips;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenSIPS as far as MI datagrams and {@code E_UA_SESSION} events show it: it keeps subscriptions, knows its sessions and
 * what may be done with them, and sends each event from another port, as its processes do. It writes its JSON by hand.
 */
public final class OpenSipsDouble implements AutoCloseable {

    /** A command as it came. */
    public record Command(long id, String name, JsonNode params) {

        public String text(String name) {
            JsonNode value = params.get(name);
            return value == null ? "" : value.asString();
        }

        public int number(String name) {
            return params.get(name).asInt();
        }
    }

    private enum Session {
        RINGING,
        ANSWERED
    }

    private final DatagramSocket mi;
    private final Thread thread;
    private final List<DatagramSocket> processes = new ArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private volatile @Nullable InetSocketAddress subscriber;

    /** Every command, repeated ones as well. */
    public final List<Command> commands = new CopyOnWriteArrayList<>();

    /** What stands before the session commands of this release. */
    public volatile String prefix = "b2b_entities:";

    /** Whether commands are read at all. */
    public volatile boolean away;

    /** So many answers are lost on their way. */
    public final AtomicInteger loseAnswers = new AtomicInteger();

    /** So many commands are lost on their way. */
    public final AtomicInteger loseCommands = new AtomicInteger();

    public OpenSipsDouble() {
        this(0);
    }

    public OpenSipsDouble(int port) {
        try {
            mi = new DatagramSocket(port, InetAddress.getLoopbackAddress());
            for (int i = 0; i < 3; i++) {
                processes.add(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
            }
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().name("opensips-double").daemon().start(this::serve);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) mi.getLocalSocketAddress();
    }

    public boolean isSubscribed() {
        return subscriber != null;
    }

    /** All is forgotten, as after a restart. */
    public void restart() {
        subscriber = null;
        sessions.clear();
    }

    public List<Command> commands(String name) {
        return commands.stream()
                .filter(command -> command.name()
                        .substring(command.name().indexOf(':') + 1)
                        .equals(name))
                .toList();
    }

    // ---- events

    /** An INVITE comes and the script leaves it to us. */
    public void invite(String key, String from, String to, String sdp, @Nullable String extra) {
        sessions.put(key, Session.RINGING);
        event(key, "NEW", "INVITE", 0, headers(from, to, sdp.isEmpty() ? "" : "application/sdp"), sdp, extra);
    }

    /** A request within a session. */
    public void request(String key, String method, String contentType, String body) {
        event(key, "UPDATED", method, 0, headers("sip:a@example.com", "sip:b@example.com", contentType), body, null);
    }

    /** A response to a request of ours. */
    public void response(String key, String method, int status) {
        event(key, "UPDATED", method, status, headers("sip:a@example.com", "sip:b@example.com", ""), "", null);
    }

    /** BYE or CANCEL. */
    public void terminate(String key, String method, String moreHeaders) {
        sessions.remove(key);
        event(
                key,
                "TERMINATED",
                method,
                0,
                headers("sip:a@example.com", "sip:b@example.com", "") + moreHeaders,
                "",
                null);
    }

    private static String headers(String from, String to, String contentType) {
        return "Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK77\r\n"
                + "From: \"Anna \\\"A\\\" Berg\" <" + from + ">;tag=81\r\nTo: <" + to + ">\r\n"
                + "Call-ID: abc@192.0.2.9\r\nCSeq: 1 INVITE\r\nMax-Forwards: 69\r\n"
                + (contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n");
    }

    private void event(
            String key, String type, String method, int status, String headers, String body, @Nullable String extra) {
        String json = "{\"jsonrpc\":\"2.0\",\"method\":\"E_UA_SESSION\",\"params\":{\"key\":" + quoted(key)
                + ",\"entity_type\":\"UAS\",\"event_type\":" + quoted(type)
                + (status == 0 ? "" : ",\"status\":" + status + ",\"reason\":\"x\"")
                + ",\"method\":" + quoted(method)
                + (body.isEmpty() ? "" : ",\"body\":" + quoted(body))
                + ",\"headers\":" + quoted(headers)
                + (extra == null ? "" : ",\"extra_params\":" + quoted(extra)) + "}}";
        raw(json.getBytes(StandardCharsets.UTF_8));
    }

    /** A datagram to whoever has subscribed. */
    public void raw(byte[] datagram) {
        InetSocketAddress to = subscriber;
        if (to == null) {
            return;
        }
        try {
            DatagramSocket process = processes.get(sent.getAndIncrement() % processes.size());
            process.send(new DatagramPacket(datagram, datagram.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n");
                default -> out.append(c);
            }
        }
        return out.append('"').toString();
    }

    // ---- commands

    private void serve() {
        byte[] buffer = new byte[65_536];
        while (!mi.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                mi.receive(packet);
                if (away || loseCommands.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    continue;
                }
                JsonNode request =
                        JsonMapper.shared().readTree(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
                Command command = new Command(
                        request.get("id").asLong(), request.get("method").asString(), request.get("params"));
                commands.add(command);
                String answer = "{\"jsonrpc\":\"2.0\"," + carryOut(command) + ",\"id\":" + command.id() + "}";
                if (loseAnswers.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    continue;
                }
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                mi.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // closed, or the other side is gone
            }
        }
    }

    private String carryOut(Command command) {
        if (command.name().equals("event_subscribe")) {
            String socket = command.text("socket");
            if (!command.text("event").equals("E_UA_SESSION") || !socket.startsWith("udp:")) {
                return error(-32602, "Invalid params");
            }
            int colon = socket.lastIndexOf(':');
            subscriber = command.number("expire") == 0
                    ? null
                    : new InetSocketAddress(socket.substring(4, colon), Integer.parseInt(socket.substring(colon + 1)));
            return ok();
        }
        String key = command.text("key");
        if (command.name().equals(prefix + "ua_session_reply")) {
            return reply(command, key);
        }
        if (command.name().equals(prefix + "ua_session_terminate")) {
            return sessions.remove(key) == null ? error(500, "Failed to terminate session") : ok();
        }
        if (command.name().equals(prefix + "ua_session_update")) {
            return sessions.containsKey(key) ? ok() : error(500, "Failed to send sequential request");
        }
        return error(-32601, "Method not found");
    }

    /** The INVITE can be answered once. */
    private String reply(Command command, String key) {
        int code = command.number("code");
        if (command.text("reason").isEmpty()) {
            return error(-32602, "Invalid params");
        }
        Session session = sessions.get(key);
        boolean first = command.text("method").equals("INVITE") && session == Session.RINGING;
        if (session == null) {
            return error(500, "Failed to send reply");
        }
        if (first && code >= 200) {
            if (code < 300) {
                sessions.put(key, Session.ANSWERED);
            } else {
                sessions.remove(key);
            }
        } else if (command.text("method").equals("INVITE") && answeredOnce(key) && !reInvited(key)) {
            return error(500, "Failed to send reply");
        }
        return ok();
    }

    private final List<String> reInvites = new CopyOnWriteArrayList<>();

    /** A re-INVITE waits for its answer. */
    public void reInvite(String key, String sdp) {
        reInvites.add(key);
        request(key, "INVITE", sdp.isEmpty() ? "" : "application/sdp", sdp);
    }

    private boolean reInvited(String key) {
        return reInvites.remove(key);
    }

    private boolean answeredOnce(String key) {
        return sessions.get(key) == Session.ANSWERED;
    }

    private static String ok() {
        return "\"result\":\"OK\"";
    }

    private static String error(int code, String message) {
        return "\"error\":{\"code\":" + code + ",\"message\":" + quoted(message) + "}";
    }

    @Override
    public void close() {
        mi.close();
        processes.forEach(DatagramSocket::close);
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
