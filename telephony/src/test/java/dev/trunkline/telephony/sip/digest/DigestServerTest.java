package dev.trunkline.telephony.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.digest.DigestClient.Outcome;
import dev.trunkline.telephony.sip.digest.DigestServer.Fault;
import dev.trunkline.telephony.sip.digest.DigestServer.Verdict;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigestServerTest {

    private long now = 1_000;
    private final DigestServer server =
            new DigestServer("trunkline", Map.of("ann", "secret"), 60_000, () -> now, new Random(3));

    private static SipRequest invite() {
        return new SipRequest("INVITE", SipUri.parse("sip:reception@127.0.0.1"));
    }

    private static DigestClient client(String user, String password) {
        return DigestClient.of(new Credentials(user, password), new Random(5));
    }

    private static SipRequest authorized(DigestClient client) {
        SipRequest request = invite();
        client.authorize(request);
        return request;
    }

    private static Outcome pass(DigestClient client, SipRequest sent, Verdict.Challenged verdict, int round) {
        SipResponse response = new SipResponse(401, "Unauthorized");
        verdict.challenges().forEach(value -> response.headers().add("WWW-Authenticate", value));
        return client.onChallenge(sent, response, round);
    }

    private Verdict.Challenged refused(SipRequest request, Fault fault) {
        Verdict verdict = server.check(request);
        assertThat(verdict).isInstanceOf(Verdict.Challenged.class);
        Verdict.Challenged challenged = (Verdict.Challenged) verdict;
        assertThat(challenged.fault()).isEqualTo(fault);
        return challenged;
    }

    private DigestClient met(String user, String password) {
        DigestClient client = client(user, password);
        SipRequest first = invite();
        pass(client, first, refused(first, Fault.NO_PROOF), 1);
        return client;
    }

    @Test
    void whoKnowsThePasswordIsLetIn() {
        assertThat(server.check(authorized(met("ann", "secret")))).isEqualTo(new Verdict.Accepted("ann"));
    }

    @Test
    void sha256IsOfferedFirstAndMd5IsTakenToo() {
        List<String> offered = refused(invite(), Fault.NO_PROOF).challenges();
        assertThat(offered).hasSize(2);
        assertThat(offered.get(0)).contains("algorithm=SHA-256");
        assertThat(offered.get(1)).contains("algorithm=MD5");
        DigestClient old = client("ann", "secret");
        pass(old, invite(), new Verdict.Challenged(offered.subList(1, 2), Fault.NO_PROOF), 1);
        assertThat(server.check(authorized(old))).isEqualTo(new Verdict.Accepted("ann"));
    }

    @Test
    void aWrongPasswordAndAnUnknownUserLookAlike() {
        Verdict.Challenged wrong = refused(authorized(met("ann", "guess")), Fault.WRONG_PASSWORD);
        Verdict.Challenged unknown = refused(authorized(met("bob", "")), Fault.WRONG_PASSWORD);
        assertThat(wrong.challenges()).noneMatch(value -> value.contains("stale"));
        assertThat(unknown.challenges()).noneMatch(value -> value.contains("stale"));
    }

    @Test
    void theSameCountIsNotTakenTwice() {
        SipRequest once = authorized(met("ann", "secret"));
        assertThat(server.check(once)).isInstanceOf(Verdict.Accepted.class);
        assertThat(refused(once, Fault.STALE).challenges()).allMatch(value -> value.endsWith("stale=true"));
    }

    @Test
    void countsMayOvertakeEachOther() {
        DigestClient client = met("ann", "secret");
        SipRequest first = authorized(client);
        SipRequest second = authorized(client);
        assertThat(server.check(second)).isInstanceOf(Verdict.Accepted.class);
        assertThat(server.check(first)).isInstanceOf(Verdict.Accepted.class);
        refused(first, Fault.STALE);
    }

    @Test
    void anOldNonceIsRenewedWithoutAskingForThePasswordAgain() {
        DigestClient client = met("ann", "secret");
        server.check(authorized(client));
        now += 60_001;
        SipRequest late = authorized(client);
        Verdict.Challenged stale = refused(late, Fault.STALE);
        assertThat(pass(client, late, stale, 1)).isEqualTo(Outcome.REPEAT);
        assertThat(server.check(authorized(client))).isEqualTo(new Verdict.Accepted("ann"));
    }

    @Test
    void anOldNonceWithAWrongPasswordIsNotCalledStale() {
        SipRequest wrong = authorized(met("ann", "guess"));
        now += 60_001;
        refused(wrong, Fault.WRONG_PASSWORD);
    }

    @Test
    void aNonceThatWeDidNotMakeIsRefused() {
        for (String nonce : List.of("made-up", "!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")) {
            DigestClient client = client("ann", "secret");
            pass(
                    client,
                    invite(),
                    new Verdict.Challenged(
                            List.of("Digest realm=\"trunkline\", nonce=\"" + nonce + "\", qop=auth"), Fault.NO_PROOF),
                    1);
            refused(authorized(client), Fault.FOREIGN_NONCE);
        }
    }

    @Test
    void anotherServersNonceIsNotOurs() {
        DigestServer other = new DigestServer("trunkline", Map.of("ann", "secret"), 60_000, () -> now, new Random(9));
        DigestClient client = client("ann", "secret");
        pass(client, invite(), (Verdict.Challenged) other.check(invite()), 1);
        refused(authorized(client), Fault.FOREIGN_NONCE);
    }

    @Test
    void manyNoncesDoNotMakeAnOldOneServeAgain() {
        SipRequest first = authorized(met("ann", "secret"));
        assertThat(server.check(first)).isInstanceOf(Verdict.Accepted.class);
        for (int i = 0; i < 4_097; i++) {
            now++;
            server.check(authorized(met("ann", "secret")));
        }
        refused(first, Fault.STALE);
    }

    @Test
    void aProofForAnotherRealmIsNone() {
        DigestClient client = client("ann", "secret");
        pass(
                client,
                invite(),
                new Verdict.Challenged(List.of("Digest realm=\"other\", nonce=\"n\", qop=auth"), Fault.NO_PROOF),
                1);
        refused(authorized(client), Fault.NO_PROOF);
    }
}
