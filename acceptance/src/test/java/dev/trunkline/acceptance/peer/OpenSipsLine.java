package dev.trunkline.acceptance.peer;

import dev.trunkline.caller.signalling.CallProgress;
import dev.trunkline.caller.signalling.Signalling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Callers behind an OpenSIPS that leaves its calls to the server: each is a user-agent session, told by {@code E_UA_SESSION}
 * events and steered by MI commands; its sound goes straight to the server.
 */
public final class OpenSipsLine implements Signalling {

    private static final Pattern MEDIA = Pattern.compile("m=audio (\\d+) RTP/AVP (\\d+)");

    private final DatagramSocket mi;
    private final DatagramSocket process;
    private final Map<String, Consumer<CallProgress>> calls = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private volatile @Nullable InetSocketAddress subscriber;

    /** Begins to take commands. */
    public OpenSipsLine() {
        try {
            mi = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            process = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().name("opensips").daemon().start(this::serve);
    }

    /** Where commands are taken, as the setting has it. */
    public String address() {
        return "127.0.0.1:" + mi.getLocalPort();
    }

    /** Whether the server has subscribed. */
    public boolean subscribed() {
        return subscriber != null;
    }

    /** The names of the commands that came. */
    public List<String> commands() {
        return commands;
    }

    private void serve() {
        byte[] buffer = new byte[65_536];
        while (!mi.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                mi.receive(packet);
                JsonNode command =
                        JsonMapper.shared().readTree(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
                commands.add(command.get("method").asString());
                carryOut(command.get("method").asString(), command.get("params"));
                send(mi, "{\"jsonrpc\":\"2.0\",\"result\":\"OK\",\"id\":" + command.get("id") + "}", (InetSocketAddress)
                        packet.getSocketAddress());
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void carryOut(String command, JsonNode params) {
        switch (command) {
            case "event_subscribe" -> {
                String socket = params.get("socket").asString().substring("udp:".length());
                int colon = socket.lastIndexOf(':');
                subscriber = new InetSocketAddress(
                        socket.substring(0, colon), Integer.parseInt(socket.substring(colon + 1)));
            }
            case "b2b_entities:ua_session_reply" -> replied(params);
            case "b2b_entities:ua_session_terminate" ->
                tell(params.get("key").asString(), new CallProgress.HungUp(true, "BYE"));
            default -> throw new AssertionError("nobody knows " + command);
        }
    }

    private void replied(JsonNode params) {
        String key = params.get("key").asString();
        int code = params.get("code").asInt();
        Consumer<CallProgress> call = calls.get(key);
        if (call == null) {
            return;
        }
        if (code < 200) {
            call.accept(new CallProgress.Ringing());
        } else if (code >= 300) {
            tell(key, new CallProgress.Refused(code, params.get("reason").asString()));
        } else {
            Matcher media = MEDIA.matcher(params.get("body").asString());
            if (media.find()) {
                call.accept(new CallProgress.Answered(
                        new InetSocketAddress("127.0.0.1", Integer.parseInt(media.group(1))),
                        Integer.parseInt(media.group(2)),
                        101));
            }
        }
    }

    private void tell(String key, CallProgress.Ended ended) {
        Consumer<CallProgress> call = calls.remove(key);
        if (call != null) {
            call.accept(ended);
        }
    }

    private void event(String key, String type, String method, String to, String body) {
        String headers = "From: \\\"Anna\\\" <sip:+493012345@example.com>;tag=8\\r\\nTo: <" + to
                + ">\\r\\nCall-ID: " + key + "@example.com\\r\\n"
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\\r\\n");
        InetSocketAddress server = subscriber;
        if (server == null) {
            throw new AssertionError("the server has not subscribed");
        }
        send(
                process,
                "{\"jsonrpc\":\"2.0\",\"method\":\"E_UA_SESSION\",\"params\":{\"key\":\"" + key
                        + "\",\"entity_type\":\"UAS\",\"event_type\":\"" + type + "\",\"method\":\"" + method
                        + "\",\"body\":\"" + body.replace("\r\n", "\\r\\n") + "\",\"headers\":\"" + headers + "\"}}",
                server);
    }

    private static void send(DatagramSocket from, String text, InetSocketAddress to) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            from.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Attempt call(String target, Offer offer, Consumer<CallProgress> listener) {
        String key = "B2B." + number.incrementAndGet() + ".77.1";
        calls.put(key, listener);
        StringBuilder types = new StringBuilder();
        offer.payloadTypes().forEach(type -> types.append(' ').append(type));
        event(
                key,
                "NEW",
                "INVITE",
                target,
                "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + offer.port()
                        + " RTP/AVP" + types + " 101\r\na=rtpmap:101 telephone-event/8000\r\n");
        return new Attempt() {
            @Override
            public String callId() {
                return key;
            }

            @Override
            public void hangUp() {
                if (calls.containsKey(key)) {
                    event(key, "TERMINATED", "BYE", target, "");
                    tell(key, new CallProgress.HungUp(false, ""));
                }
            }

            @Override
            public void infoKey(char digit) {}
        };
    }

    @Override
    public InetAddress localAddressFor(String target) {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void close() {
        mi.close();
        process.close();
    }
}
