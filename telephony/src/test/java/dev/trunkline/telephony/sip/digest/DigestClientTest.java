package dev.trunkline.telephony.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.digest.DigestClient.Outcome;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigestClientTest {

    private static final String MD5 = "Digest realm=\"trunk\", nonce=\"one\", algorithm=MD5, qop=\"auth\"";
    private static final Credentials ANN = new Credentials("ann", "secret");

    private final DigestClient client = DigestClient.of(ANN, new Random(1));

    private static SipRequest request(String method) {
        return new SipRequest(method, SipUri.parse("sip:trunk.example"));
    }

    private static SipResponse challenge(int status, String... values) {
        SipResponse response = new SipResponse(status, "Prove it");
        for (String value : values) {
            response.headers().add(status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate", value);
        }
        return response;
    }

    private SipRequest authorized(String method) {
        SipRequest request = request(method);
        client.authorize(request);
        return request;
    }

    private static DigestAnswer answer(SipRequest request) {
        return DigestAnswer.parse(request.headers().all("Authorization")).getFirst();
    }

    private static void assertProves(SipRequest request, DigestAnswer answer, String password) {
        assertThat(answer.response())
                .isEqualTo(answer.expected(answer.hash().orElseThrow(), password, request.method(), request.body()));
    }

    @Test
    void aChallengeIsAnsweredWithTheProof() {
        assertThat(client.onChallenge(request("REGISTER"), challenge(401, MD5), 1))
                .isEqualTo(Outcome.REPEAT);
        SipRequest request = authorized("REGISTER");
        DigestAnswer answer = answer(request);
        assertThat(answer.user()).isEqualTo("ann");
        assertThat(answer.uri()).isEqualTo("sip:trunk.example");
        assertThat(answer.nc()).isEqualTo("00000001");
        assertProves(request, answer, "secret");
        assertThat(request.headers().toString()).doesNotContain("secret");
    }

    @Test
    void aKnownNonceIsUsedWithoutBeingAskedAndCounted() {
        client.onChallenge(request("REGISTER"), challenge(401, MD5), 1);
        authorized("REGISTER");
        assertThat(answer(authorized("BYE")).nc()).isEqualTo("00000002");
        assertThat(answer(authorized("INVITE")).nc()).isEqualTo("00000003");
    }

    @Test
    void theTopmostChallengeThatWeCanAnswerWins() {
        client.onChallenge(
                request("REGISTER"),
                challenge(
                        401,
                        "Digest realm=\"trunk\", nonce=\"x\", algorithm=AKAv1-MD5, qop=\"auth\"",
                        "Digest realm=\"trunk\", nonce=\"y\", algorithm=SHA-256, qop=\"auth\"",
                        MD5),
                1);
        assertThat(answer(authorized("REGISTER")).algorithm()).isEqualTo("SHA-256");
        assertThat(answer(authorized("REGISTER")).nonce()).isEqualTo("y");
    }

    @Test
    void challengesOnOneLineAndWithOddSpacingAreRead() {
        List<DigestChallenge> found = DigestChallenge.parse(List.of(
                "  DIGEST  realm = \"a, \\\"b\\\"\" ,nonce=unquoted==,  opaque=\"\" ,STALE = TRUE , qop=\"auth-int , auth\""
                        + ", Basic realm=\"x\", Digest Realm=\"c\",nonce=\"d\",algorithm=\"SHA-256\"",
                "Digest realm=\"no nonce\"",
                "\"",
                ""));
        assertThat(found)
                .containsExactly(
                        new DigestChallenge("a, \"b\"", "unquoted==", "", null, List.of("auth-int", "auth"), true),
                        new DigestChallenge("c", "d", null, "SHA-256", List.of(), false));
    }

    @Test
    void anUnclosedQuoteEndsWithTheLine() {
        assertThat(DigestChallenge.parse(List.of("Digest nonce=\"n\", realm=\"open")))
                .containsExactly(new DigestChallenge("open", "n", null, null, List.of(), false));
    }

    @Test
    void aWrongPasswordIsNotTriedTwice() {
        client.onChallenge(request("REGISTER"), challenge(401, MD5), 1);
        assertThat(client.onChallenge(authorized("REGISTER"), challenge(401, MD5), 2))
                .isEqualTo(Outcome.WRONG_PASSWORD);
        assertThat(authorized("REGISTER").headers().has("Authorization")).isFalse();
    }

    @Test
    void aNewNonceForAFreshProofMeansAWrongPasswordToo() {
        client.onChallenge(request("REGISTER"), challenge(401, MD5), 1);
        assertThat(client.onChallenge(authorized("REGISTER"), challenge(401, MD5.replace("one", "two")), 2))
                .isEqualTo(Outcome.WRONG_PASSWORD);
    }

    @Test
    void aStaleNonceIsReplaced() {
        client.onChallenge(request("REGISTER"), challenge(401, MD5), 1);
        SipRequest old = authorized("REGISTER");
        assertThat(client.onChallenge(old, challenge(401, MD5.replace("one", "two") + ", stale=true"), 1))
                .isEqualTo(Outcome.REPEAT);
        assertThat(answer(authorized("REGISTER")).nonce()).isEqualTo("two");
        assertThat(answer(authorized("REGISTER")).nc()).isEqualTo("00000002");
    }

    @Test
    void aNonceThatHasServedMayGrowOldWithoutAWord() {
        client.onChallenge(request("REGISTER"), challenge(401, MD5), 1);
        authorized("REGISTER");
        SipRequest refresh = authorized("REGISTER");
        assertThat(client.onChallenge(refresh, challenge(401, MD5.replace("one", "two")), 1))
                .isEqualTo(Outcome.REPEAT);
        SipRequest again = authorized("REGISTER");
        assertThat(client.onChallenge(again, challenge(401, MD5.replace("one", "three")), 2))
                .isEqualTo(Outcome.WRONG_PASSWORD);
    }

    @Test
    void aServerThatCallsEveryNonceStaleIsLeft() {
        SipRequest sent = request("REGISTER");
        Outcome outcome = Outcome.REPEAT;
        int rounds = 0;
        while (outcome == Outcome.REPEAT) {
            rounds++;
            outcome =
                    client.onChallenge(sent, challenge(401, MD5.replace("one", "n" + rounds) + ",stale=true"), rounds);
            sent = authorized("REGISTER");
        }
        assertThat(outcome).isEqualTo(Outcome.UNANSWERABLE);
        assertThat(rounds).isEqualTo(4);
    }

    @Test
    void aProxyIsAnsweredInItsOwnHeaderBesideTheRegistrar() {
        client.onChallenge(request("REGISTER"), challenge(401, MD5), 1);
        client.onChallenge(request("INVITE"), challenge(407, MD5.replace("trunk", "proxy")), 1);
        SipRequest invite = authorized("INVITE");
        assertThat(invite.headers().count("Authorization")).isEqualTo(1);
        assertThat(invite.header("Proxy-Authorization")).contains("realm=\"proxy\"");
    }

    @Test
    void aRealmThatWeHaveNoPasswordForIsNotAnswered() {
        DigestClient picky = new DigestClient(realm -> realm.equals("trunk") ? ANN : null, new Random(1));
        assertThat(picky.onChallenge(request("INVITE"), challenge(407, MD5.replace("trunk", "other")), 1))
                .isEqualTo(Outcome.UNANSWERABLE);
        assertThat(picky.onChallenge(request("INVITE"), challenge(407, "Basic realm=\"trunk\""), 1))
                .isEqualTo(Outcome.UNANSWERABLE);
    }

    @Test
    void anOldServerWithoutQopIsAnsweredTheOldWay() {
        client.onChallenge(request("REGISTER"), challenge(401, "Digest realm=\"trunk\", nonce=\"old\""), 1);
        SipRequest request = authorized("REGISTER");
        assertThat(request.header("Authorization")).doesNotContain("qop").doesNotContain("algorithm");
        assertProves(request, answer(request), "secret");
    }

    @Test
    void theBodyIsCoveredWhenTheServerWantsThatAlone() {
        client.onChallenge(request("INVITE"), challenge(401, MD5.replace("\"auth\"", "\"auth-int\"")), 1);
        SipRequest invite = request("INVITE");
        invite.body("application/sdp", "v=0\r\n".getBytes());
        client.authorize(invite);
        assertThat(answer(invite).qop()).isEqualTo("auth-int");
        assertProves(invite, answer(invite), "secret");
    }

    @Test
    void theNextNonceThatASuccessAnnouncesIsUsed() {
        client.onChallenge(request("REGISTER"), challenge(401, MD5), 1);
        authorized("REGISTER");
        SipResponse ok = new SipResponse(200, "OK");
        ok.headers().add("Authentication-Info", "nextnonce=\"next\"");
        client.onSuccess(ok);
        assertThat(answer(authorized("REGISTER")).nonce()).isEqualTo("next");
    }

    @Test
    void opaqueAndQuotesComeBackAsTheyWere() {
        client.onChallenge(
                request("REGISTER"),
                challenge(401, "Digest realm=\"a \\\"b\\\"\", nonce=\"n\", opaque=\"o\\\\p\", qop=auth"),
                1);
        DigestAnswer answer = answer(authorized("REGISTER"));
        assertThat(answer.realm()).isEqualTo("a \"b\"");
        assertThat(answer.opaque()).isEqualTo("o\\p");
    }

    @Test
    void credentialsNeverShowThePassword() {
        assertThat(ANN.toString()).isEqualTo("ann:***");
    }
}
