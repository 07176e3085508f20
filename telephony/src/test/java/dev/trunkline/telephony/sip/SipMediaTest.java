package dev.trunkline.telephony.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.media.engine.ReportPath;
import dev.trunkline.telephony.sip.sdp.LocalAudio;
import dev.trunkline.telephony.sip.sdp.OfferAnswer;
import dev.trunkline.telephony.sip.sdp.Sdp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class SipMediaTest {

    private static ReportPath reports(String... attributes) throws Exception {
        String offer =
                "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 5004 RTP/AVP 0\r\n"
                        + String.join("\r\n", attributes)
                        + "\r\n";
        LocalAudio local = LocalAudio.g711(InetAddress.getByName("192.0.2.9"), 30_000);
        return SipMedia.parameters(
                        new OfferAnswer(1).answer(Sdp.parse(offer), local).audio(), null)
                .reports();
    }

    @Test
    void reportsGoToTheNextPortUnlessThePeerSaysOtherwise() throws Exception {
        assertThat(reports()).isEqualTo(ReportPath.NEXT_PORT);
        assertThat(reports("a=rtcp:5005")).isEqualTo(ReportPath.NEXT_PORT);
        assertThat(reports("a=rtcp:6001")).isEqualTo(new ReportPath(false, new InetSocketAddress("192.0.2.1", 6_001)));
        assertThat(reports("a=rtcp:5005 IN IP4 192.0.2.7"))
                .isEqualTo(new ReportPath(false, new InetSocketAddress("192.0.2.7", 5_005)));
        assertThat(reports("a=rtcp-mux", "a=rtcp:5004")).isEqualTo(ReportPath.MUXED);
        assertThat(reports("a=rtcp:5005 IN IP4 somewhere.example")).isEqualTo(ReportPath.NEXT_PORT);
    }
}
