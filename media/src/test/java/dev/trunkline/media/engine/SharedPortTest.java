package dev.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.trunkline.media.vad.EnergyVad;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many senders on one port, over real sockets. */
class SharedPortTest {

    private static final int PORT = 24_500;
    private static final int MOST = 3;

    private final List<NewSource> appeared = new CopyOnWriteArrayList<>();
    private final Map<Integer, MediaSession> sessions = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicInteger> heard = new ConcurrentHashMap<>();
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private MediaEngine engine;
    private SharedPort port;

    @BeforeEach
    void start() throws IOException {
        engine = MediaEngine.start(
                MediaSettings.defaults()
                        .withPorts(24_520, 24_539)
                        .withShards(2)
                        .withMediaTimeout(Duration.ofSeconds(5)),
                new EnergyVad());
        port = engine.share(settings(MOST, 100), this::accept);
    }

    private static SharedPortSettings settings(int most, int perSecond) {
        return new SharedPortSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), Set.of(0), most, perSecond);
    }

    private void accept(NewSource source) {
        appeared.add(source);
        MediaSession session = source.accept(event -> {});
        AtomicInteger frames = new AtomicInteger();
        heard.put(source.ssrc(), frames);
        session.hear((samples, length, position, arrival) -> frames.incrementAndGet());
        session.negotiate(RtpParameters.of(source.address(), AudioPayload.PCMU));
        sessions.put(source.ssrc(), session);
    }

    @AfterEach
    void stop() {
        engine.close();
        sockets.forEach(DatagramSocket::close);
    }

    private DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(3_000);
        sockets.add(socket);
        return socket;
    }

    private void packet(DatagramSocket from, int payloadType, int ssrc, int sequence) throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(172);
        packet.put((byte) 0x80).put((byte) payloadType).putShort((short) sequence);
        packet.putInt(sequence * 160).putInt(ssrc);
        Arrays.fill(packet.array(), 12, 172, (byte) 0x55);
        from.send(new DatagramPacket(packet.array(), 172, InetAddress.getLoopbackAddress(), PORT));
    }

    private void send(DatagramSocket from, int ssrc, int first, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            packet(from, 0, ssrc, first + i);
        }
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        socket.receive(packet);
        return packet;
    }

    @Test
    void sendersAreToldApartByAddressAndStreamAndEachIsAnsweredFromThePort() throws IOException {
        DatagramSocket one = socket();
        DatagramSocket two = socket();
        send(one, 11, 0, 2);
        send(one, 12, 0, 2);
        send(two, 11, 0, 2);
        await().until(() -> port.sessions() == 3 && engine.statistics().openSessions() == 3);
        assertThat(appeared)
                .extracting(NewSource::address)
                .containsOnly((InetSocketAddress) one.getLocalSocketAddress(), (InetSocketAddress)
                        two.getLocalSocketAddress());

        DatagramPacket back = receive(two);
        assertThat(back.getPort()).isEqualTo(PORT);
        assertThat(back.getLength()).isEqualTo(172);
        Set<Integer> streams = ConcurrentHashMap.newKeySet();
        await().until(() -> {
            streams.add(ByteBuffer.wrap(receive(one).getData()).getInt(8));
            return streams.size() == 2;
        });
    }

    @Test
    void soundGoesToTheSessionOfItsStreamAlone() throws IOException {
        DatagramSocket one = socket();
        send(one, 11, 0, 2);
        send(one, 12, 0, 2);
        await().until(() -> sessions.size() == 2);
        await().until(() -> {
            send(one, 11, (int) (System.nanoTime() >>> 24), 3);
            return sessions.get(11).statistics().packetsReceived() >= 6;
        });

        assertThat(sessions.get(12).statistics().packetsReceived()).isZero();
        assertThat(heard.get(11).get()).isPositive();
        assertThat(sessions.get(11).statistics().remoteSsrc()).isEqualTo(11);
    }

    @Test
    void onePacketIsNobody() throws IOException {
        DatagramSocket one = socket();
        for (int ssrc = 0; ssrc < 50; ssrc++) {
            packet(one, 0, ssrc, 0);
        }
        packet(one, 18, 99, 0);
        packet(one, 18, 99, 1);
        one.send(new DatagramPacket(new byte[40], 40, InetAddress.getLoopbackAddress(), PORT));

        await().until(() -> port.malformed() == 3);
        assertThat(appeared).isEmpty();
    }

    @Test
    void thereAreNoMoreSessionsThanPlacesUntilOneIsFreeAgain() throws IOException {
        DatagramSocket one = socket();
        for (int ssrc = 1; ssrc <= MOST; ssrc++) {
            send(one, ssrc, 0, 2);
        }
        await().until(() -> sessions.size() == MOST);
        send(one, 77, 0, 2);
        await().until(() -> port.refusedFull() == 2);

        sessions.get(1).close();
        await().until(() -> port.sessions() == MOST - 1);
        send(one, 77, 2, 2);
        await().until(() -> sessions.containsKey(77));
    }

    @Test
    void tooManyNewOnesAtOnceAreNotTaken() throws IOException {
        port.close();
        await().untilAsserted(() -> port = engine.share(settings(100, 2), this::accept));
        DatagramSocket one = socket();
        for (int ssrc = 1; ssrc <= 30; ssrc++) {
            send(one, ssrc, 0, 2);
        }
        await().until(() -> port.refusedRate() > 10);
        assertThat(port.appeared()).isLessThan(10);
    }

    @Test
    void whoSendsOnAfterTheEndIsNotNew() throws IOException {
        DatagramSocket one = socket();
        send(one, 11, 0, 2);
        await().until(() -> sessions.containsKey(11));
        sessions.get(11).close();
        await().until(() -> port.sessions() == 0);

        send(one, 11, 2, 5);
        await().until(() -> port.afterEnd() == 5);
        assertThat(appeared).hasSize(1);
        send(one, 12, 0, 2);
        await().until(() -> appeared.size() == 2);
    }

    @Test
    void closingThePortEndsItsSessionsAndFreesIt() throws IOException {
        DatagramSocket one = socket();
        send(one, 11, 0, 2);
        await().until(() -> engine.statistics().openSessions() == 1);

        port.close();

        await().until(() -> engine.statistics().openSessions() == 0);
        await().untilAsserted(() -> engine.share(settings(1, 1), source -> {}).close());
    }

    @Test
    void aTakenPortIsSaid() throws IOException {
        assertThatExceptionOfType(NoFreePortException.class)
                .isThrownBy(() -> engine.share(settings(1, 1), source -> {}));
    }

    @Test
    void theEngineClosesItsSharedPorts() throws IOException {
        DatagramSocket one = socket();
        send(one, 11, 0, 2);
        await().until(() -> sessions.containsKey(11));

        engine.close();

        new DatagramSocket(PORT, InetAddress.getLoopbackAddress()).close();
        assertThat(engine.statistics().openSessions()).isZero();
    }
}
