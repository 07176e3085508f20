package dev.trunkline.telephony.sip.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SdpTest {

    private static final String USUAL = String.join(
            "\r\n",
            "v=0",
            "o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1",
            "s=Call to John Smith",
            "i=SDP Offer #1",
            "u=http://www.example.com/sdp.html",
            "e=jane@example.com",
            "b=AS:64",
            "c=IN IP4 198.51.100.1/127",
            "t=0 0",
            "a=tool:x",
            "m=audio 49170 RTP/AVP 0 101",
            "i=audio",
            "c=IN IP4 198.51.100.2",
            "b=AS:30",
            "a=rtpmap:101 telephone-event/8000",
            "a=fmtp:101 0-15",
            "a=silenceSupp:off - - - -",
            "");

    @Test
    void whatIsReadIsWrittenBackInTheRightOrder() throws Exception {
        Sdp sdp = Sdp.parse(USUAL);
        assertThat(sdp.media()).hasSize(1);
        assertThat(sdp.addressOf(sdp.media().getFirst())).isEqualTo("198.51.100.2");
        assertThat(sdp.toString())
                .isEqualTo(String.join(
                        "\r\n",
                        "v=0",
                        "o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1",
                        "s=Call to John Smith",
                        "c=IN IP4 198.51.100.1/127",
                        "t=0 0",
                        "a=tool:x",
                        "m=audio 49170 RTP/AVP 0 101",
                        "c=IN IP4 198.51.100.2",
                        "a=rtpmap:101 telephone-event/8000",
                        "a=fmtp:101 0-15",
                        "a=silenceSupp:off - - - -",
                        ""));
        assertThat(Sdp.parse(sdp.toString())).isEqualTo(sdp);
    }

    @Test
    void bareLineFeedsAndAMissingLastOneAreTaken() throws Exception {
        assertThat(Sdp.parse(USUAL.replace("\r\n", "\n").stripTrailing())).isEqualTo(Sdp.parse(USUAL));
    }

    @Test
    void formatsGetTheirNamesFromTheMapOrFromRfc3551() throws Exception {
        List<RtpFormat> formats = Sdp.parse(
                        "v=0\no=- 1 1 IN IP4 1.2.3.4\ns=-\nc=IN IP4 1.2.3.4\nm=audio 5000 RTP/AVP 0 9 96 97 120 x 300\n"
                                + "a=rtpmap:96 opus/48000/2\na=fmtp:96 useinbandfec=1\na=rtpmap:97 bad\n")
                .media()
                .getFirst()
                .rtpFormats();
        assertThat(formats)
                .containsExactly(
                        RtpFormat.PCMU,
                        new RtpFormat(9, "G722", 8_000, 1, ""),
                        new RtpFormat(96, "opus", 48_000, 2, "useinbandfec=1"));
    }

    @Test
    void whatBreaksTheGrammarIsNamed() {
        record Case(String text, String message) {}
        for (Case each : List.of(
                new Case("", "no o= line"),
                new Case("hello", "no line of a session description: hello"),
                new Case("o=- 1 1 IN IP4 1.2.3.4", "does not begin with v=0"),
                new Case("v=0\r\no=- 1 1", "bad o= line: - 1 1"),
                new Case("v=0\r\nm=audio", "bad m= line: audio"),
                new Case("v=0\r\nm=audio 99999 RTP/AVP 0", "bad port in m= line: 99999"),
                new Case("v=0\r\nc=IN IP4", "bad c= line: IN IP4"),
                new Case("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nm=audio 5 RTP/AVP 0", "no c= line for audio"))) {
            assertThatThrownBy(() -> Sdp.parse(each.text()))
                    .as(each.text())
                    .isInstanceOf(SdpException.class)
                    .hasMessage(each.message());
        }
    }

    @Test
    void noChangeOfBytesMakesAnythingButADescriptionOrAClearRefusal() {
        for (long seed = 0; seed < 3_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = USUAL.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            for (int i = random.nextInt(12); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThatCode(() -> {
                        try {
                            Sdp sdp = Sdp.parse(bytes);
                            sdp.media().forEach(SdpMedia::rtpFormats);
                            sdp.holds();
                            try {
                                new OfferAnswer(1)
                                        .answer(sdp, LocalAudio.g711(java.net.InetAddress.getLoopbackAddress(), 4_000));
                            } catch (NotAcceptableException e) {
                                assertThat(e).hasMessageContaining("");
                            }
                        } catch (SdpException e) {
                            assertThat(e.getMessage()).isNotBlank();
                        }
                    })
                    .as("seed " + seed)
                    .doesNotThrowAnyException();
        }
    }
}
