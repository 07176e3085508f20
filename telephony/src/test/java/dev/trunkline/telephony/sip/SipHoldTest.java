package dev.trunkline.telephony.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A phone without media that holds; the time-out for media is shorter than the longest hold. */
class SipHoldTest {

    private final List<LegEvent> events = new CopyOnWriteArrayList<>();

    private void call(String direction, Duration longestHold, Runnable then) throws Exception {
        try (DatagramSocket phone = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                MediaEngine media = MediaEngine.start(
                        MediaSettings.defaults()
                                .withPorts(23_500, 23_599)
                                .withShards(1)
                                .withMediaTimeout(Duration.ofMillis(400)),
                        new EnergyVad());
                SipChannel channel =
                        SipChannel.start(SipSettings.loopback().withLongestHold(longestHold), media, leg -> {
                            leg.listen(events::add);
                            leg.answer();
                        })) {
            phone.setSoTimeout(5_000);
            int port = channel.localAddress().getPort();
            String sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                    + "m=audio 40000 RTP/AVP 0\r\na=" + direction + "\r\n";
            send(phone, port, "INVITE", "", "Content-Type: application/sdp\r\n", sdp);
            String answer = "";
            while (!answer.startsWith("SIP/2.0 200")) {
                DatagramPacket packet = new DatagramPacket(new byte[4_000], 4_000);
                phone.receive(packet);
                answer = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            }
            Matcher tag = Pattern.compile("To:[^\r]*(;tag=\\S+)").matcher(answer);
            assertThat(tag.find()).isTrue();
            send(phone, port, "ACK", tag.group(1), "", "");
            then.run();
        }
    }

    private static void send(DatagramSocket phone, int port, String method, String toTag, String more, String body)
            throws Exception {
        String text = method + " sip:x@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + phone.getLocalPort()
                + ";rport;branch=z9hG4bK" + method + "\r\nFrom: <sip:a@127.0.0.1>;tag=1\r\nTo: <sip:x@127.0.0.1>"
                + toTag
                + "\r\nCall-ID: held\r\nCSeq: 1 " + method + "\r\nContact: <sip:a@127.0.0.1:" + phone.getLocalPort()
                + ">\r\nMax-Forwards: 70\r\n" + more + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        phone.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }

    private void isHeldUntilTheLongestHold(String direction) throws Exception {
        call(direction, Duration.ofMillis(700), () -> {
            await().until(() -> events.size() >= 3);
            assertThat(events.get(0)).isInstanceOf(LegEvent.Answered.class);
            assertThat(events.get(1)).isInstanceOf(LegEvent.Held.class);
            LegEvent.Ended ended = (LegEvent.Ended) events.get(2);
            assertThat(ended.reason()).isEqualTo(EndReason.MEDIA_TIMEOUT);
            assertThat(ended.detail()).isEqualTo("held too long");
        });
    }

    @Test
    void aCallThatIsInactiveFromTheStartIsHeldAndGivesItsPlaceBackAfterTheLongestHold() throws Exception {
        isHeldUntilTheLongestHold("inactive");
    }

    @Test
    void aPhoneThatOnlySendsHasPutUsOnHoldAndItsSilenceIsNoMediaTimeOut() throws Exception {
        isHeldUntilTheLongestHold("sendonly");
    }

    @Test
    void aPhoneThatOnlyListensIsNotHeldAndGivesItsPlaceBackAllTheSame() throws Exception {
        call("recvonly", Duration.ofMillis(700), () -> {
            await().until(() -> events.size() >= 2);
            assertThat(events.get(0)).isInstanceOf(LegEvent.Answered.class);
            LegEvent.Ended ended = (LegEvent.Ended) events.get(1);
            assertThat(ended.reason()).isEqualTo(EndReason.MEDIA_TIMEOUT);
            assertThat(ended.detail()).isEqualTo("held too long");
        });
    }

    @Test
    void aPhoneThatIsNotOnHoldStillTimesOut() throws Exception {
        call("sendrecv", Duration.ofMinutes(1), () -> {
            await().until(() -> events.size() >= 2);
            LegEvent.Ended ended = (LegEvent.Ended) events.getLast();
            assertThat(ended.reason()).isEqualTo(EndReason.MEDIA_TIMEOUT);
            assertThat(ended.detail()).isEqualTo("No media received");
        });
    }
}
