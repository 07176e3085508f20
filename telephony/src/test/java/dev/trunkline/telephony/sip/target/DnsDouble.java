package dev.trunkline.telephony.sip.target;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server on the loopback interface that knows what it is told (RFC 1035, 2782, 3403). */
public final class DnsDouble implements AutoCloseable {

    private static final int SRV = 33;
    private static final int NAPTR = 35;

    private final DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::serve, "dns-double");
    private volatile boolean silent;

    /** Starts it. */
    public DnsDouble() throws IOException {
        thread.setDaemon(true);
        thread.start();
    }

    /** Its address for a JNDI provider. */
    public String url() {
        return "dns://127.0.0.1:" + socket.getLocalPort();
    }

    /** From now on it hears and says nothing. */
    public void fallSilent() {
        silent = true;
    }

    /** The questions so far, such as {@code 33 _sip._udp.example.com}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Adds a SRV record. */
    public DnsDouble srv(String name, int priority, int weight, int port, String host) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(priority);
        out.writeShort(weight);
        out.writeShort(port);
        writeName(out, host);
        return add(SRV, name, bytes.toByteArray());
    }

    /** Adds a NAPTR record. */
    public DnsDouble naptr(String name, int order, int preference, String service, String replacement)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(order);
        out.writeShort(preference);
        for (String text : new String[] {"s", service, ""}) {
            out.writeByte(text.length());
            out.writeBytes(text);
        }
        writeName(out, replacement);
        return add(NAPTR, name, bytes.toByteArray());
    }

    private DnsDouble add(int type, String name, byte[] content) {
        records.computeIfAbsent(type + " " + name, key -> new CopyOnWriteArrayList<>())
                .add(content);
        return this;
    }

    private static void writeName(DataOutputStream out, String name) throws IOException {
        for (String label : name.split("\\.")) {
            if (!label.isEmpty()) {
                out.writeByte(label.length());
                out.writeBytes(label);
            }
        }
        out.writeByte(0);
    }

    private void serve() {
        byte[] in = new byte[1_500];
        while (!socket.isClosed()) {
            try {
                DatagramPacket question = new DatagramPacket(in, in.length);
                socket.receive(question);
                answer(question);
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(DatagramPacket question) throws IOException {
        byte[] data = question.getData();
        StringBuilder name = new StringBuilder();
        int at = 12;
        while (data[at] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(data, at + 1, data[at], StandardCharsets.US_ASCII));
            at += data[at] + 1;
        }
        int type = (data[at + 1] & 0xFF) << 8 | data[at + 2] & 0xFF;
        int end = at + 5;
        String key = type + " " + name.toString().toLowerCase(Locale.ROOT);
        asked.add(key);
        if (silent) {
            return;
        }
        List<byte[]> found = new ArrayList<>(records.getOrDefault(key, List.of()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(data, 0, 2);
        out.writeShort(found.isEmpty() ? 0x8583 : 0x8580);
        out.writeShort(1);
        out.writeShort(found.size());
        out.writeInt(0);
        out.write(data, 12, end - 12);
        for (byte[] content : found) {
            out.writeShort(0xC00C);
            out.writeShort(type);
            out.writeShort(1);
            out.writeInt(60);
            out.writeShort(content.length);
            out.write(content);
        }
        byte[] answer = bytes.toByteArray();
        socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
