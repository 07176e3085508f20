package dev.trunkline.telephony.sip.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.media.codec.Codecs;
import dev.trunkline.telephony.sip.SipMedia;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class OfferAnswerTest {

    private final OfferAnswer call = new OfferAnswer(4_711);
    private final LocalAudio local = LocalAudio.g711(InetAddress.getLoopbackAddress(), 30_000);

    private static Sdp sdp(String... lines) throws SdpException {
        return Sdp.parse("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
                + String.join("\r\n", lines) + "\r\n");
    }

    @Test
    void theFirstCommonCodecOfTheOffererWinsAndItsNumbersAreKept() throws Exception {
        OfferAnswer.Answered answered = call.answer(
                sdp(
                        "m=audio 5004 RTP/AVP 9 8 0 97",
                        "a=rtpmap:97 telephone-event/8000",
                        "a=fmtp:97 0-15",
                        "a=ptime:30"),
                local);
        SdpMedia section = answered.sdp().media().getFirst();
        assertThat(section.formats()).containsExactly("8", "0", "97");
        assertThat(section.port()).isEqualTo(30_000);
        assertThat(section.direction()).isEqualTo(MediaDirection.SENDRECV);
        NegotiatedAudio audio = answered.audio();
        assertThat(audio.sending().name()).isEqualTo("PCMA");
        assertThat(audio.sendingEvents()).isNotNull();
        assertThat(audio.sendingEvents().payloadType()).isEqualTo(97);
        assertThat(audio.remoteAddress()).isEqualTo("192.0.2.1");
        assertThat(audio.remotePort()).isEqualTo(5004);
        assertThat(audio.remoteRtcpPort()).isEqualTo(5005);
        assertThat(audio.ptime()).isEqualTo(30);
    }

    private final LocalAudio everything = new LocalAudio(
            InetAddress.getLoopbackAddress(),
            30_000,
            SipMedia.formats(List.of(Codecs.G722, Codecs.OPUS, Codecs.PCMU, Codecs.PCMA)),
            20,
            MediaDirection.SENDRECV);

    @Test
    void anOfferNamesEachCodecWithItsClockItsParametersAndTheKeysThatGoWithIt() {
        SdpMedia section = call.offer(everything).media().getFirst();

        assertThat(section.formats()).containsExactly("9", "111", "0", "8", "13", "101", "110");
        assertThat(section.attributes().stream().map(SdpAttribute::toString))
                .contains(
                        "rtpmap:9 G722/8000",
                        "rtpmap:111 opus/48000/2",
                        "fmtp:111 maxplaybackrate=16000;sprop-maxcapturerate=16000;useinbandfec=1",
                        "rtpmap:13 CN/8000",
                        "rtpmap:101 telephone-event/8000",
                        "rtpmap:110 telephone-event/48000");
    }

    @Test
    void opusIsAnsweredWithOurWishesAndSentWithTheirs() throws Exception {
        OfferAnswer.Answered answered = call.answer(
                sdp(
                        "m=audio 5004 RTP/AVP 96 97 8",
                        "a=rtpmap:96 opus/48000/2",
                        "a=fmtp:96 maxaveragebitrate=16000; useinbandfec=1",
                        "a=rtpmap:97 telephone-event/48000",
                        "a=maxptime:20",
                        "a=ptime:60"),
                everything);

        NegotiatedAudio audio = answered.audio();
        assertThat(audio.sending().payloadType()).isEqualTo(96);
        assertThat(audio.sending().parameters()).isEqualTo("maxaveragebitrate=16000; useinbandfec=1");
        assertThat(audio.sendingEvents()).isNotNull();
        assertThat(audio.sendingEvents().payloadType()).isEqualTo(97);
        assertThat(audio.ptime()).isEqualTo(20);
        assertThat(answered.sdp().media().getFirst().attributes().stream().map(SdpAttribute::toString))
                .contains(
                        "rtpmap:96 opus/48000/2",
                        "fmtp:96 maxplaybackrate=16000;sprop-maxcapturerate=16000;useinbandfec=1");
        assertThat(audio.receiving().stream().map(RtpFormat::payloadType)).containsExactly(96, 97, 8);
    }

    @Test
    void g722IsTheSameWithoutAMapWithOneAndWithAWrongOne() throws Exception {
        for (String map : List.of("a=x:1", "a=rtpmap:9 G722/8000", "a=rtpmap:9 G722/8000/1", "a=rtpmap:9 g722/16000")) {
            NegotiatedAudio audio = new OfferAnswer(1)
                    .answer(sdp("m=audio 5004 RTP/AVP 9 0", map), everything)
                    .audio();

            assertThat(audio.sending().payloadType()).isEqualTo(9);
            assertThat(audio.sending().clockRate()).isEqualTo(8_000);
        }
    }

    @Test
    void opusWithTheChannelsLeftOutIsOpus() throws Exception {
        NegotiatedAudio audio = call.answer(sdp("m=audio 5004 RTP/AVP 107", "a=rtpmap:107 OPUS/48000"), everything)
                .audio();

        assertThat(audio.sending().payloadType()).isEqualTo(107);
    }

    @Test
    void keysOfAnotherClockAreNotSentBesideOpus() throws Exception {
        NegotiatedAudio audio = call.answer(
                        sdp(
                                "m=audio 5004 RTP/AVP 107 101",
                                "a=rtpmap:107 opus/48000/2",
                                "a=rtpmap:101 telephone-event/8000"),
                        everything)
                .audio();

        assertThat(audio.sendingEvents()).isNull();
        assertThat(audio.receiving().stream().map(RtpFormat::payloadType)).containsExactly(107, 101);
    }

    @Test
    void comfortNoiseAloneIsNoCodec() throws Exception {
        assertThatThrownBy(() -> call.answer(sdp("m=audio 5004 RTP/AVP 13"), everything))
                .isInstanceOf(NotAcceptableException.class);
        SdpMedia section = new OfferAnswer(1)
                .answer(sdp("m=audio 5004 RTP/AVP 0 13"), everything)
                .sdp()
                .media()
                .getFirst();
        assertThat(section.formats()).containsExactly("0", "13");
    }

    @Test
    void reportsShareThePortOfTheSoundOnlyWithAPeerThatAsks() throws Exception {
        assertThat(call.offer(local).toString()).doesNotContain("rtcp-mux");
        call.forget();
        OfferAnswer.Answered plain = call.answer(sdp("m=audio 5004 RTP/AVP 0"), local);
        assertThat(plain.audio().rtcpMux()).isFalse();
        assertThat(plain.sdp().toString()).doesNotContain("rtcp-mux");

        OfferAnswer.Answered shared = call.answer(sdp("m=audio 5004 RTP/AVP 0", "a=rtcp-mux"), local);
        assertThat(shared.audio().rtcpMux()).isTrue();
        assertThat(shared.sdp().media().getFirst().attribute("rtcp-mux")).isEmpty();

        assertThat(call.offer(local).toString()).contains("a=rtcp-mux");
        assertThat(call.accept(sdp("m=audio 5004 RTP/AVP 0", "a=rtcp-mux")).rtcpMux())
                .isTrue();
        call.offer(local);
        assertThat(call.accept(sdp("m=audio 5004 RTP/AVP 0")).rtcpMux()).isFalse();
    }

    @Test
    void aPeerMaySayWhereItWantsReports() throws Exception {
        NegotiatedAudio port =
                call.answer(sdp("m=audio 5004 RTP/AVP 0", "a=rtcp:6001"), local).audio();
        assertThat(port.remoteRtcpPort()).isEqualTo(6_001);
        assertThat(port.remoteRtcpAddress()).isEmpty();
        NegotiatedAudio place = call.answer(sdp("m=audio 5004 RTP/AVP 0", "a=rtcp:6001 IN IP4 198.51.100.7"), local)
                .audio();
        assertThat(place.remoteRtcpPort()).isEqualTo(6_001);
        assertThat(place.remoteRtcpAddress()).isEqualTo("198.51.100.7");
        assertThat(call.answer(sdp("m=audio 5004 RTP/AVP 0", "a=rtcp:rubbish IN"), local)
                        .audio()
                        .remoteRtcpPort())
                .isEqualTo(5_005);
    }

    @Test
    void everyOtherSectionIsRefusedInItsPlace() throws Exception {
        Sdp answer = call.answer(
                        sdp(
                                "m=video 6000 RTP/AVP 31",
                                "m=audio 5002 RTP/SAVP 0",
                                "m=audio 5004 RTP/AVP 0",
                                "m=audio 5008 RTP/AVP 0",
                                "m=image 5010 udptl t38"),
                        local)
                .sdp();
        assertThat(answer.media().stream().map(SdpMedia::port)).containsExactly(0, 0, 30_000, 0, 0);
        assertThat(answer.media().stream().map(SdpMedia::type))
                .containsExactly("video", "audio", "audio", "audio", "image");
        assertThat(answer.media().get(4).formats()).containsExactly("t38");
    }

    @Test
    void anOfferWithoutACommonCodecIsNotAcceptable() throws Exception {
        Sdp offer = sdp("m=audio 5004 RTP/AVP 18 101", "a=rtpmap:101 telephone-event/8000");
        assertThatThrownBy(() -> call.answer(offer, local))
                .isInstanceOf(NotAcceptableException.class)
                .hasMessage("no common codec");
        Sdp video = sdp("m=video 6000 RTP/AVP 31");
        assertThatThrownBy(() -> call.answer(video, local)).isInstanceOf(NotAcceptableException.class);
    }

    @Test
    void eachKindOfHoldIsMirrored() throws Exception {
        record Case(String line, MediaDirection ours) {}
        for (Case each : List.of(
                new Case("a=sendonly", MediaDirection.RECVONLY),
                new Case("a=inactive", MediaDirection.INACTIVE),
                new Case("a=recvonly", MediaDirection.SENDONLY),
                new Case("c=IN IP4 0.0.0.0", MediaDirection.RECVONLY))) {
            Sdp offer = sdp("m=audio 5004 RTP/AVP 0", each.line());
            OfferAnswer.Answered answered = call.answer(offer, local);
            assertThat(answered.audio().direction()).as(each.line()).isEqualTo(each.ours());
            assertThat(answered.sdp().media().getFirst().direction()).isEqualTo(each.ours());
            assertThat(offer.holds()).isEqualTo(!each.ours().sends());
        }
    }

    @Test
    void theDirectionOfTheSessionCountsWhereTheSectionHasNone() throws Exception {
        Sdp offer = Sdp.parse("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\na=inactive\r\n"
                + "m=audio 5004 RTP/AVP 0\r\n");
        assertThat(call.answer(offer, local).audio().direction()).isEqualTo(MediaDirection.INACTIVE);
    }

    @Test
    void theVersionRisesWithEachChangeAndOnlyThen() throws Exception {
        Sdp first = call.offer(local);
        Sdp same = call.offer(local);
        Sdp held = call.offer(local.directed(MediaDirection.SENDONLY));
        assertThat(first.origin().version()).isEqualTo("1");
        assertThat(same.origin().version()).isEqualTo("1");
        assertThat(held.origin().version()).isEqualTo("2");
        assertThat(held.origin().sessionId()).isEqualTo(first.origin().sessionId());
    }

    @Test
    void anAnswerIsTakenInTheNumbersOfThePeer() throws Exception {
        call.offer(local);
        NegotiatedAudio audio =
                call.accept(sdp("m=audio 5004 RTP/AVP 8 110", "a=rtpmap:110 telephone-event/8000", "a=sendrecv"));
        assertThat(audio.sending()).isEqualTo(RtpFormat.PCMA);
        assertThat(audio.sendingEvents()).isNotNull();
        assertThat(audio.sendingEvents().payloadType()).isEqualTo(110);
        assertThat(audio.receiving()).isEqualTo(local.formats());
        assertThatThrownBy(() -> call.accept(sdp("m=audio 5004 RTP/AVP 8")))
                .as("no offer waits any more")
                .isInstanceOf(SdpException.class);
    }

    @Test
    void answersThatDoNotFitAreRefused() throws Exception {
        call.offer(local);
        for (Sdp answer : List.of(
                sdp("m=audio 5004 RTP/AVP 18"),
                sdp("m=audio 0 RTP/AVP 0"),
                sdp("m=audio 5004 RTP/AVP 0", "m=video 0 RTP/AVP 31"),
                sdp("m=video 5004 RTP/AVP 0"))) {
            assertThatThrownBy(() -> call.preview(answer)).isInstanceOf(SdpException.class);
        }
        assertThat(call.preview(sdp("m=audio 5004 RTP/AVP 0")).sending()).isEqualTo(RtpFormat.PCMU);
    }

    @Test
    void ourLaterOfferKeepsTheSectionsThatThePeerHasBroughtUp() throws Exception {
        call.answer(sdp("m=video 6000 RTP/AVP 31", "m=audio 5004 RTP/AVP 0"), local);
        Sdp offer = call.offer(local);
        assertThat(offer.media().stream().map(SdpMedia::type)).containsExactly("video", "audio");
        assertThat(offer.media().stream().map(SdpMedia::port)).containsExactly(0, 30_000);
    }

    @Test
    void ptimeIsKeptWithinWhatWeSend() throws Exception {
        assertThat(call.answer(sdp("m=audio 5004 RTP/AVP 0", "a=ptime:200"), local)
                        .audio()
                        .ptime())
                .isEqualTo(60);
        assertThat(call.answer(sdp("m=audio 5004 RTP/AVP 0", "a=ptime:40", "a=maxptime:20"), local)
                        .audio()
                        .ptime())
                .isEqualTo(20);
        assertThat(call.answer(sdp("m=audio 5004 RTP/AVP 0", "a=ptime:nonsense"), local)
                        .audio()
                        .ptime())
                .isEqualTo(20);
    }

    @Test
    void nobodyIsToldToSendToTheWildcard() throws Exception {
        InetAddress any = InetAddress.getByName("0.0.0.0");
        assertThatThrownBy(() -> LocalAudio.g711(any, 30_000)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIpv6AddressIsWrittenAsOne() throws Exception {
        Sdp offer = call.offer(LocalAudio.g711(InetAddress.getByName("2001:db8::1"), 30_000));
        assertThat(offer.connection()).isEqualTo("IN IP6 2001:db8:0:0:0:0:0:1");
    }
}
