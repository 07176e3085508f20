package dev.trunkline.caller;

import dev.trunkline.caller.sound.Signature;
import dev.trunkline.media.codec.G711;
import dev.trunkline.media.rtp.RtpPacket;
import dev.trunkline.telephony.sip.sdp.LocalAudio;
import dev.trunkline.telephony.sip.sdp.NotAcceptableException;
import dev.trunkline.telephony.sip.sdp.OfferAnswer;
import dev.trunkline.telephony.sip.transport.SipCounters;
import dev.trunkline.telephony.sip.useragent.CallCause;
import dev.trunkline.telephony.sip.useragent.IncomingSipCall;
import dev.trunkline.telephony.sip.useragent.SipCallEvent;
import dev.trunkline.telephony.sip.useragent.SipCallListener;
import dev.trunkline.telephony.sip.useragent.SipEndpoint;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can be called, in a few lines: {@code agent} greets for a second and answers 400 ms after each turn; {@code
 * rude} hangs up after its greeting; {@code echo} sends every packet back; {@code deaf} never says anything; every other user
 * is unknown.
 */
final class FarSide implements AutoCloseable {

    static final int ANSWER_ROUNDS = 50;
    private static final int REACTION_ROUNDS = 20;

    private final SipEndpoint endpoint;
    final List<String> infoKeys = new CopyOnWriteArrayList<>();
    final List<Integer> payloadTypes = new CopyOnWriteArrayList<>();

    FarSide() throws IOException {
        endpoint = SipEndpoint.start(SipSettings.loopback(), this::incoming);
    }

    String address(String user) {
        return "sip:" + user + "@127.0.0.1:" + endpoint.localAddress().getPort();
    }

    /** How many callers have come by TCP. */
    long connectionsTaken() {
        return endpoint.counters().get(SipCounters.Event.CONNECTION_ACCEPTED);
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private SipCallListener incoming(IncomingSipCall call) {
        AtomicReference<@Nullable DatagramSocket> media = new AtomicReference<>();
        switch (call.dialled()) {
            case "agent", "rude", "echo", "deaf" -> answer(call, media);
            default -> call.reject(404);
        }
        return (same, event) -> {
            if (event instanceof SipCallEvent.InfoDigit key) {
                infoKeys.add(String.valueOf(key.digit()));
            }
            DatagramSocket socket = media.get();
            if (event instanceof SipCallEvent.Ended && socket != null) {
                socket.close();
            }
        };
    }

    private void answer(IncomingSipCall call, AtomicReference<@Nullable DatagramSocket> media) {
        try {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            media.set(socket);
            OfferAnswer.Answered answered = new OfferAnswer(1)
                    .answer(
                            Objects.requireNonNull(call.offer()),
                            LocalAudio.g711(InetAddress.getLoopbackAddress(), socket.getLocalPort()));
            InetSocketAddress remote = new InetSocketAddress(
                    answered.audio().remoteAddress(), answered.audio().remotePort());
            String user = call.dialled();
            Thread.ofPlatform().daemon().name("far-side").start(() -> {
                try {
                    switch (user) {
                        case "echo" -> echo(socket);
                        case "deaf" -> socket.setSoTimeout(0);
                        default -> talk(call, socket, remote, user.equals("rude"));
                    }
                } catch (SocketException e) {
                    // the call is over
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            call.answer(answered.sdp());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NotAcceptableException e) {
            call.reject(488);
        }
    }

    private static void echo(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (true) {
            socket.receive(packet);
            socket.send(packet);
        }
    }

    /** A round every 20 ms; the caller's loudness decides when to answer. */
    private void talk(IncomingSipCall call, DatagramSocket socket, SocketAddress remote, boolean rude)
            throws IOException {
        short[] voice = Signature.of(9).sound(10).toPcm();
        int speaking = ANSWER_ROUNDS;
        int silence = -1;
        long begun = System.nanoTime();
        for (int round = 0; ; round++) {
            silence = listen(socket, begun + round * 20_000_000L, silence);
            if (silence == REACTION_ROUNDS) {
                speaking = ANSWER_ROUNDS;
                silence = -1;
            }
            byte[] packet = new byte[RtpPacket.HEADER + 160];
            RtpPacket.writeHeader(packet, 0, false, 0, round, round * 160, 77);
            for (int i = 0; i < 160; i++) {
                short sample = speaking > 0 ? voice[(ANSWER_ROUNDS - speaking) * 160 + i] : 0;
                packet[RtpPacket.HEADER + i] = G711.linearToMulaw(sample);
            }
            socket.send(new DatagramPacket(packet, packet.length, remote));
            if (speaking > 0 && --speaking == 0 && rude) {
                call.hangUp(CallCause.NORMAL);
            }
        }
    }

    /** Rounds of silence after speech; -1 if nobody has spoken. */
    private int listen(DatagramSocket socket, long until, int silenceBefore) throws IOException {
        int silence = silenceBefore;
        byte[] buffer = new byte[2048];
        while (true) {
            long wait = (until - System.nanoTime()) / 1_000_000;
            if (wait <= 0) {
                return silence;
            }
            socket.setSoTimeout((int) wait);
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return silence;
            }
            if (packet.getLength() == RtpPacket.HEADER + 160) {
                payloadTypes.add(buffer[1] & 0x7F);
                boolean loud = Math.abs(G711.mulawToLinear(buffer[60])) > 500
                        || Math.abs(G711.mulawToLinear(buffer[90])) > 500
                        || Math.abs(G711.mulawToLinear(buffer[133])) > 500;
                silence = loud ? 0 : silence < 0 ? -1 : silence + 1;
            } else {
                silence = 0;
            }
        }
    }
}
