package dev.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.trunkline.media.rtcp.ReportBlock;
import dev.trunkline.media.rtcp.RtcpPacket;
import dev.trunkline.media.rtcp.RtcpPacket.Goodbye;
import dev.trunkline.media.rtcp.RtcpPacket.SenderReport;
import dev.trunkline.media.rtcp.RtcpPacket.SourceDescription;
import dev.trunkline.media.rtcp.RtcpReader;
import dev.trunkline.media.rtcp.RtcpWriter;
import dev.trunkline.media.vad.EnergyVad;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reports over loopback; the first comes within three seconds. */
class ReportingTest {

    private static final MediaSettings SETTINGS =
            MediaSettings.defaults().withPorts(27_000, 27_399).withShards(2);

    private final MediaEngine engine = MediaEngine.start(SETTINGS, new EnergyVad());

    @AfterEach
    void close() {
        engine.close();
    }

    private MediaSession session() {
        return engine.open(event -> {});
    }

    private static InetSocketAddress reportsOf(MediaSession session) {
        InetSocketAddress sound = session.localAddress();
        return new InetSocketAddress(sound.getAddress(), sound.getPort() + 1);
    }

    /** A port of the far side for reports. */
    private static final class ReportEnd implements AutoCloseable {
        final DatagramSocket socket;
        final List<List<RtcpPacket>> received = new CopyOnWriteArrayList<>();
        final List<InetSocketAddress> sources = new CopyOnWriteArrayList<>();
        private final Thread reader;

        ReportEnd() throws IOException {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            reader = Thread.ofPlatform().daemon(true).start(this::read);
        }

        private void read() {
            byte[] buffer = new byte[2_048];
            while (!socket.isClosed()) {
                try {
                    DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
                    socket.receive(datagram);
                    RtcpReader.Reading reading = RtcpReader.read(buffer, 0, datagram.getLength());
                    assertThat(reading.malformed()).isFalse();
                    sources.add((InetSocketAddress) datagram.getSocketAddress());
                    received.add(reading.packets());
                } catch (IOException e) {
                    return;
                }
            }
        }

        InetSocketAddress address() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        void send(InetSocketAddress to, int ssrc, ReportBlock... blocks) throws IOException {
            byte[] wire = new byte[256];
            int length = new RtcpWriter(wire, 0)
                    .receiverReport(ssrc, List.of(blocks))
                    .sourceDescription(ssrc, new byte[] {'x'})
                    .length();
            socket.send(new DatagramPacket(wire, length, to));
        }

        @Override
        public void close() throws Exception {
            socket.close();
            reader.join(1_000);
        }
    }

    private static ReportBlock missed(int ssrc, int lost) {
        return new ReportBlock(ssrc, 0, lost, 1, 80, 0, 0);
    }

    /** From then on packets of the peer are the call's. */
    private static void agree(MediaSession session, TestPeer peer, ReportPath path) {
        session.negotiate(RtpParameters.of(peer.address(), AudioPayload.PCMU).withReports(path));
        await().until(() -> !peer.received.isEmpty());
    }

    private static void talk(TestPeer peer, int packets) {
        for (int i = 0; i < packets; i++) {
            peer.sayNothing();
        }
    }

    @Test
    void twoSessionsOfOursMeasureTheWayBetweenThem() {
        MediaSession one = session();
        MediaSession two = session();
        one.negotiate(RtpParameters.of(two.localAddress(), AudioPayload.PCMU));
        two.negotiate(RtpParameters.of(one.localAddress(), AudioPayload.PCMU));

        // each needs the other's report and then an answer to its own
        await().atMost(Duration.ofSeconds(25))
                .until(() -> one.statistics().farSide().roundTripKnown()
                        && two.statistics().farSide().roundTripKnown());

        for (SessionStatistics figures : List.of(one.statistics(), two.statistics())) {
            assertThat(figures.farSide().roundTripMillis()).isBetween(0.0, 100.0);
            assertThat(figures.farSide().lossRatio()).isLessThan(0.05);
            assertThat(figures.reportsReceived()).isPositive();
            assertThat(figures.meanOpinion()).isBetween(4.0, 4.5);
            assertThat(figures.farMeanOpinion()).isBetween(4.0, 4.5);
        }
        assertThat(engine.statistics().reportsRefused()).isZero();
        assertThat(engine.statistics().reportsSent()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void reportsGoWhereThePeerWantsThemAndTheLastOneSaysGoodbye() throws Exception {
        MediaSession session = session();
        try (TestPeer peer = new TestPeer(session.localAddress());
                ReportEnd end = new ReportEnd()) {
            agree(session, peer, new ReportPath(false, end.address()));
            talk(peer, 10);
            await().atMost(Duration.ofSeconds(5)).until(() -> !end.received.isEmpty());

            assertThat(end.sources.getFirst()).isEqualTo(reportsOf(session));
            SenderReport report = (SenderReport) end.received.getFirst().getFirst();
            assertThat(report.ssrc()).isEqualTo(session.statistics().localSsrc());
            assertThat(report.octets()).isEqualTo(report.packets() * 160);
            TestPeer.Received near = peer.received.get(report.packets() - 1);
            assertThat(report.rtpTimestamp() - near.timestamp()).isBetween(0, 320);
            assertThat(report.blocks()).singleElement().satisfies(block -> {
                assertThat(block.ssrc()).isEqualTo(peer.ssrc);
                assertThat(block.highestSequence()).isEqualTo(peer.sequence - 1);
                assertThat(block.cumulativeLost()).isZero();
            });
            assertThat(end.received.getFirst().get(1)).isInstanceOf(SourceDescription.class);

            session.close();
            await().until(() -> end.received.getLast().getLast() instanceof Goodbye);
        }
    }

    @Test
    void onOnePortWithTheSoundWhereThatWasAgreed() throws Exception {
        MediaSession session = session();
        List<byte[]> reports = new CopyOnWriteArrayList<>();
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            session.negotiate(RtpParameters.of((InetSocketAddress) peer.getLocalSocketAddress(), AudioPayload.PCMU)
                    .withReports(ReportPath.MUXED));
            byte[] buffer = new byte[2_048];
            peer.setSoTimeout(5_000);
            while (reports.isEmpty()) {
                DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
                peer.receive(datagram);
                assertThat(datagram.getPort()).isEqualTo(session.localAddress().getPort());
                if ((buffer[1] & 0xFF) == 200) {
                    reports.add(Arrays.copyOf(buffer, datagram.getLength()));
                }
            }
        }
        assertThat(RtcpReader.read(reports.getFirst(), 0, reports.getFirst().length)
                        .packets())
                .first()
                .isInstanceOf(SenderReport.class);
    }

    @Test
    void reportsOnThePortOfTheSoundAreTakenFromItsSourceOnly() throws Exception {
        MediaSession session = session();
        try (TestPeer peer = new TestPeer(session.localAddress());
                TestPeer stranger = new TestPeer(session.localAddress())) {
            agree(session, peer, ReportPath.MUXED);
            talk(peer, 3);
            await().until(() -> session.statistics().packetsReceived() == 3);

            stranger.raw(report(stranger.ssrc, missed(session.statistics().localSsrc(), 50)));
            await().until(() -> engine.statistics().reportsRefused() == 1);
            assertThat(session.statistics().farSide().known()).isFalse();

            peer.raw(report(peer.ssrc, missed(session.statistics().localSsrc(), 5)));
            await().until(() -> session.statistics().farSide().known());
            assertThat(session.statistics().farSide().lost()).isEqualTo(5);
            assertThat(session.statistics().farSide().jitterMillis()).isCloseTo(10, within(0.001));
            assertThat(session.statistics().malformed()).isZero();
        }
    }

    private static byte[] report(int ssrc, ReportBlock... blocks) {
        byte[] wire = new byte[256];
        return Arrays.copyOf(
                wire,
                new RtcpWriter(wire, 0).receiverReport(ssrc, List.of(blocks)).length());
    }

    @Test
    void reportsFromAnotherPortOfTheSoundsHostAreAnsweredThere() throws Exception {
        MediaSession session = session();
        try (TestPeer peer = new TestPeer(session.localAddress());
                ReportEnd end = new ReportEnd();
                ReportEnd stranger = new ReportEnd()) {
            // port + 1 of the peer is nobody's: a NAT has put the reports elsewhere
            agree(session, peer, ReportPath.NEXT_PORT);
            talk(peer, 3);
            await().until(() -> session.statistics().packetsReceived() == 3);
            int ours = session.statistics().localSsrc();

            stranger.send(reportsOf(session), 0x666, missed(ours, 50));
            end.send(reportsOf(session), peer.ssrc, missed(ours, 2));

            await().until(() -> session.statistics().farSide().known());
            assertThat(session.statistics().farSide().lost()).isEqualTo(2);
            await().atMost(Duration.ofSeconds(10)).until(() -> !end.received.isEmpty());
            assertThat(stranger.received).isEmpty();
            assertThat(engine.statistics().reportsRefused()).isEqualTo(1);
        }
    }

    @Test
    void rubbishOnTheReportsPortIsCountedAndHurtsNobody() throws Exception {
        MediaSession session = session();
        try (TestPeer peer = new TestPeer(session.localAddress());
                DatagramSocket rubbish = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            agree(session, peer, new ReportPath(false, (InetSocketAddress) rubbish.getLocalSocketAddress()));
            for (int length = 0; length < 40; length++) {
                byte[] datagram = new byte[length];
                Arrays.fill(datagram, (byte) 0x81);
                rubbish.send(new DatagramPacket(datagram, length, reportsOf(session)));
            }
            await().until(() -> engine.statistics().reportsRefused() == 40);
            talk(peer, 3);
            await().until(() -> session.statistics().packetsReceived() == 3);
            assertThat(engine.statistics().sessionErrors()).isZero();
        }
    }
}
