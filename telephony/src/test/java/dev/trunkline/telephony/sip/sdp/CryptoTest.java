package dev.trunkline.telephony.sip.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.media.srtp.SrtpSuite;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys in offers and answers (RFC 4568). */
class CryptoTest {

    private static final String KEY = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

    private static LocalAudio local(SrtpPolicy policy) {
        return new LocalAudio(
                InetAddress.getLoopbackAddress(),
                40_000,
                List.of(RtpFormat.PCMU),
                20,
                MediaDirection.SENDRECV,
                LocalCrypto.with(policy, new SecureRandom()));
    }

    private static Sdp sdp(String profile, String... lines) throws SdpException {
        return Sdp.parse("v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\nm=audio 5004 "
                + profile + " 0\r\n" + String.join("\r\n", lines) + (lines.length == 0 ? "" : "\r\n"));
    }

    private static String crypto(Sdp sdp) {
        return String.valueOf(sdp.media().getFirst().attribute("crypto"));
    }

    @Test
    void theFirstSuiteThatWeHaveIsTakenUnderItsTag() throws Exception {
        LocalAudio local = local(SrtpPolicy.OPTIONAL);
        OfferAnswer.Answered answered = new OfferAnswer(1)
                .answer(
                        sdp(
                                "RTP/SAVP",
                                "a=crypto:1 F8_128_HMAC_SHA1_80 inline:" + KEY,
                                "a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:32",
                                "a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " UNENCRYPTED_SRTP",
                                "a=crypto:7 AES_CM_128_HMAC_SHA1_32 inline:" + KEY + "|2^31 WSH=64",
                                "a=crypto:8 AES_CM_128_HMAC_SHA1_80 inline:" + KEY),
                        local);
        assertThat(answered.sdp().media().getFirst().protocol()).isEqualTo("RTP/SAVP");
        assertThat(crypto(answered.sdp()))
                .startsWith("7 AES_CM_128_HMAC_SHA1_32 inline:")
                .doesNotContain(KEY);
        assertThat(answered.audio().protection()).isNotNull();
        assertThat(answered.audio().protection().receiving().base64()).isEqualTo(KEY);
        assertThat(crypto(answered.sdp()))
                .endsWith(answered.audio().protection().sending().base64());
    }

    @Test
    void plainSoundIsTakenWhereProtectionIsOptional() throws Exception {
        OfferAnswer.Answered answered = new OfferAnswer(1).answer(sdp("RTP/AVP"), local(SrtpPolicy.OPTIONAL));
        assertThat(answered.audio().protection()).isNull();
        assertThat(answered.sdp().toString()).doesNotContain("crypto");
    }

    @Test
    void whatDoesNotFitThePolicyIsRefused() throws Exception {
        Sdp secure = sdp("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY);
        Sdp broken =
                sdp("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2hvcnQ=", "a=crypto:x", "a=crypto:2 A");
        assertThatThrownBy(() -> new OfferAnswer(1).answer(secure, local(SrtpPolicy.OFF)))
                .isInstanceOf(NotAcceptableException.class);
        assertThatThrownBy(() -> new OfferAnswer(1).answer(sdp("RTP/AVP"), local(SrtpPolicy.REQUIRED)))
                .isInstanceOf(NotAcceptableException.class)
                .hasMessage("no audio over RTP/SAVP");
        assertThatThrownBy(() -> new OfferAnswer(1).answer(broken, local(SrtpPolicy.OPTIONAL)))
                .isInstanceOf(NotAcceptableException.class)
                .hasMessage("no key for SRTP that can be used");
    }

    @Test
    void ourOfferHasAKeyForEachSuiteAndTheAnswerChooses() throws Exception {
        LocalAudio local = local(SrtpPolicy.REQUIRED);
        OfferAnswer ours = new OfferAnswer(1);
        Sdp offer = ours.offer(local);
        assertThat(CryptoAttribute.of(offer.media().getFirst())).hasSize(SrtpSuite.values().length);
        NegotiatedAudio settled = ours.accept(sdp("RTP/SAVP", "a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:" + KEY));
        assertThat(settled.protection().sending())
                .isEqualTo(local.crypto().keys().get(1).key());
        assertThat(settled.protection().receiving().base64()).isEqualTo(KEY);
        // a new offer goes on with the same keys
        assertThat(ours.offer(local).media()).isEqualTo(offer.media());
    }

    @Test
    void anAnswerThatDoesNotChooseIsNone() throws Exception {
        OfferAnswer ours = new OfferAnswer(1);
        ours.offer(local(SrtpPolicy.REQUIRED));
        for (String line : List.of(
                "a=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:" + KEY,
                "a=crypto:9 AES_CM_128_HMAC_SHA1_80 inline:" + KEY,
                "a=ptime:20")) {
            Sdp answer = sdp("RTP/SAVP", line);
            assertThatThrownBy(() -> ours.preview(answer)).isInstanceOf(SdpException.class);
        }
        assertThatThrownBy(() -> ours.preview(sdp("RTP/AVP"))).isInstanceOf(SdpException.class);
    }

    @Test
    void aProtectedCallStaysProtectedInOurNextOffer() throws Exception {
        LocalAudio local = local(SrtpPolicy.OPTIONAL);
        OfferAnswer ours = new OfferAnswer(1);
        OfferAnswer.Answered answered =
                ours.answer(sdp("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY), local);
        Sdp next = ours.offer(local.directed(MediaDirection.SENDONLY));
        assertThat(next.media().getFirst().protocol()).isEqualTo("RTP/SAVP");
        assertThat(next.toString())
                .contains(answered.audio().protection().sending().base64());
    }

    @Test
    void keysAreShownInSdpAlone() {
        assertThat(local(SrtpPolicy.REQUIRED).toString())
                .doesNotContain("inline")
                .contains("***");
    }
}
