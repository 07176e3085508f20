package dev.trunkline.telephony.sip.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.digest.Credentials;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.registration.RegistrationStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Registration against a registrar in virtual time. */
class RegistrationTest {

    private static final long HOUR = 3_600_000;

    private final RegistrarDouble registrar = new RegistrarDouble();
    private TrunkSettings settings =
            TrunkSettings.of("placetel", new Credentials("acct", "secret"), HostPort.parse("trunk.example"));

    private Trunk begun() {
        Trunk trunk = new Trunk(
                settings,
                TrunkTimers.STANDARD,
                registrar,
                new Random(6),
                () -> Instant.ofEpochMilli(registrar.clock.now()));
        trunk.begin();
        return trunk;
    }

    private Trunk registered() {
        Trunk trunk = begun();
        registrar.clock.advance(100);
        assertThat(state(trunk)).isEqualTo(State.REGISTERED);
        return trunk;
    }

    private static State state(Trunk trunk) {
        return trunk.status().registration().state();
    }

    private Instant now() {
        return Instant.ofEpochMilli(registrar.clock.now());
    }

    private SipRequest last() {
        return registrar.registers.getLast().request();
    }

    private void answerEverythingWith(int status, Map<String, String> headers) {
        registrar.special = request -> {
            if (!request.is("REGISTER")) {
                return null;
            }
            SipResponse response = SipResponse.to(request, status, "As Told", "r");
            headers.forEach((name, value) -> response.headers().add(name, value));
            return response;
        };
    }

    @Test
    void userPasswordAndRegistrarAreAllItTakes() {
        Trunk trunk = registered();
        SipRequest first = registrar.registers.get(0).request();
        SipRequest second = registrar.registers.get(1).request();
        assertThat(registrar.registers).hasSize(2);
        assertThat(first.uri().toString()).isEqualTo("sip:trunk.example");
        assertThat(first.from().uri().toString()).isEqualTo("sip:acct@trunk.example");
        assertThat(first.to().toString()).isEqualTo("<sip:acct@trunk.example>");
        assertThat(first.header("Expires")).isEqualTo("3600");
        assertThat(first.header("Supported")).isEqualTo("path");
        assertThat(first.headers().has("Authorization")).isFalse();
        assertThat(second.header("Authorization")).contains("username=\"acct\"", "algorithm=SHA-256");
        assertThat(second.callId()).isEqualTo(first.callId());
        assertThat(second.fromTag()).isEqualTo(first.fromTag());
        assertThat(second.cseq().number()).isEqualTo(first.cseq().number() + 1);
        assertThat(second.toString() + second.headers()).doesNotContain("secret");
        assertThat(trunk.status().registration().until()).isEqualTo(Instant.ofEpochMilli(20 + HOUR));
        assertThat(trunk.status().isUp(now())).isTrue();
    }

    @Test
    void anAccountMayHaveADomainOfItsOwnAndAnotherNameForThePassword() {
        settings = new TrunkSettings(
                "placetel",
                "777@fpbx.example",
                new Credentials("acct", "secret"),
                HostPort.parse("trunk.example"),
                null,
                dev.trunkline.telephony.sip.transport.TransportProtocol.UDP,
                true,
                Duration.ofHours(1),
                "",
                "+4930",
                TrunkSettings.Identity.PREFERRED);
        Trunk trunk = registered();
        assertThat(last().uri().toString()).isEqualTo("sip:trunk.example");
        assertThat(last().to().uri().toString()).isEqualTo("sip:777@fpbx.example");
        assertThat(last().contact().uri().userName()).isEqualTo("777");
        assertThat(last().header("Authorization")).contains("username=\"acct\"");
        assertThat(trunk.identity()).containsValue("<sip:+4930@fpbx.example>");
    }

    @Test
    void itIsRefreshedBetweenHalfAndNineTenthsOfItsLife() {
        registered();
        registrar.clock.advance(HOUR / 2 - 200);
        assertThat(registrar.registers).hasSize(2);
        registrar.clock.advance(HOUR * 4 / 10 + 200);
        assertThat(registrar.registers).hasSize(3);
        // The nonce is known: nobody has to ask.
        assertThat(registrar.registers.get(2).isProven()).isTrue();
        assertThat(registrar.registers.get(2).sequence())
                .isEqualTo(registrar.registers.get(1).sequence() + 1);
    }

    @Test
    void howLongTheRegistrarGrantsOurOwnContactCounts() {
        registrar.granted = 120;
        registrar.bindings.put("sip:acct@10.0.0.77:5060", 9_999L);
        Trunk trunk = registered();
        assertThat(trunk.status().registration().until()).isEqualTo(Instant.ofEpochMilli(20 + 120_000));
        registrar.clock.advance(110_000);
        assertThat(registrar.registers).hasSizeGreaterThan(2);
        // 32 s before the end at the latest: a refresh that nobody answers must fail while we are still known
        assertThat(registrar.registers.get(2).at()).isBetween(60_000L, 88_100L);
    }

    @Test
    void aRegistrarThatOnlyHasAnExpiresHeaderIsBelieved() {
        registrar.special = request -> {
            SipResponse response = SipResponse.to(request, 200, "OK", "r");
            response.headers().add("Expires", "300");
            return response;
        };
        assertThat(registered().status().registration().until()).isEqualTo(Instant.ofEpochMilli(10 + 300_000));
    }

    @Test
    void anExpiredNonceIsRenewedWithoutAnAlarm() {
        registrar.guard = registrar.guard("secret", 60_000);
        Trunk trunk = registered();
        registrar.clock.advance(HOUR);
        assertThat(state(trunk)).isEqualTo(State.REGISTERED);
        List<RegistrarDouble.Received> all = registrar.registers;
        assertThat(all.subList(2, 4)).allMatch(RegistrarDouble.Received::isProven);
        assertThat(all.get(3).at() - all.get(2).at()).isLessThan(100);
        assertThat(trunk.status().registration().failures()).isZero();
    }

    @Test
    void aWrongPasswordIsTriedOnceAndThenOnlyEveryHalfHour() {
        registrar.guard = registrar.guard("another", HOUR);
        Trunk trunk = begun();
        registrar.clock.advance(14 * 60_000);
        assertThat(registrar.registers).hasSize(2);
        assertThat(state(trunk)).isEqualTo(State.REFUSED);
        assertThat(trunk.status().registration().failure()).isEqualTo("401 wrong user or password");
        assertThat(trunk.status().isUp(now())).isFalse();
        registrar.clock.advance(17 * 60_000);
        assertThat(registrar.registers).hasSize(4);
        registrar.guard = registrar.guard("secret", HOUR);
        registrar.clock.advance(31 * 60_000);
        assertThat(state(trunk)).isEqualTo(State.REGISTERED);
    }

    @Test
    void aForbiddenAccountIsAnAlarmAndNoStorm() {
        answerEverythingWith(403, Map.of());
        Trunk trunk = begun();
        registrar.clock.advance(14 * 60_000);
        assertThat(registrar.registers).hasSize(1);
        assertThat(state(trunk)).isEqualTo(State.REFUSED);
        assertThat(trunk.status().registration().failure()).isEqualTo("403 As Told");
    }

    @Test
    void aTooBriefIntervalIsRaised() {
        settings = settings.withExpires(Duration.ofSeconds(60));
        registrar.leastExpires = 600;
        Trunk trunk = registered();
        assertThat(last().header("Expires")).isEqualTo("600");
        assertThat(last().contact().parameters().get("expires")).isEqualTo("600");
        assertThat(trunk.status().registration().until()).isAfter(Instant.ofEpochMilli(600_000));
    }

    @Test
    void aRegistrarThatFindsEverythingTooBriefIsAFailure() {
        answerEverythingWith(423, Map.of("Min-Expires", "999999999"));
        Trunk trunk = begun();
        registrar.clock.advance(100);
        assertThat(registrar.registers).hasSize(1);
        assertThat(state(trunk)).isEqualTo(State.RETRYING);
    }

    @Test
    void aRegistrarThatIsDownIsTriedMoreAndMoreRarely() {
        registrar.refusedByNetwork = true;
        Trunk trunk = begun();
        registrar.clock.advance(6 * HOUR);
        assertThat(state(trunk)).isEqualTo(State.RETRYING);
        assertThat(trunk.status().registration().failure()).isEqualTo("cannot be reached");
        // 5, 10, 20, 30, 30, 30 s; then doubled up to 30 min; each shortened by at most a half
        int failures = trunk.status().registration().failures();
        assertThat(failures).isBetween(21, 38);
        registrar.refusedByNetwork = false;
        registrar.clock.advance(30 * 60_000);
        assertThat(state(trunk)).isEqualTo(State.REGISTERED);
        assertThat(trunk.status().registration().failures()).isZero();
    }

    @Test
    void aRegistrarThatComesBackAfterAMinuteIsFoundWithinHalfAMinute() {
        for (boolean silent : new boolean[] {true, false}) {
            RegistrarDouble other = new RegistrarDouble();
            other.up = !silent;
            other.refusedByNetwork = !silent;
            Trunk trunk = new Trunk(
                    settings,
                    TrunkTimers.STANDARD,
                    other,
                    new Random(8),
                    () -> Instant.ofEpochMilli(other.clock.now()));
            trunk.begin();
            other.clock.advance(60_000);
            assertThat(state(trunk)).isNotEqualTo(State.REGISTERED);
            other.up = true;
            other.refusedByNetwork = false;
            other.clock.advance(30_000);
            assertThat(state(trunk)).as("silent: " + silent).isEqualTo(State.REGISTERED);
        }
    }

    @Test
    void aRefreshThatFailsLeavesUsReachableUntilTheEnd() {
        Trunk trunk = registered();
        registrar.up = false;
        registrar.clock.advance(HOUR * 9 / 10 + 35_000);
        assertThat(state(trunk)).isEqualTo(State.RETRYING);
        assertThat(trunk.status().registration().isRegistered(now())).isTrue();
        assertThat(trunk.status().registration().failure()).isEqualTo("no answer");
        registrar.clock.advance(HOUR / 10);
        assertThat(trunk.status().registration().isRegistered(now())).isFalse();
    }

    @Test
    void aBusyRegistrarSaysWhenToComeBack() {
        answerEverythingWith(503, Map.of("Retry-After", "90 (maintenance);duration=60"));
        Trunk trunk = begun();
        registrar.clock.advance(89_000);
        assertThat(registrar.registers).hasSize(1);
        assertThat(trunk.status().registration().failure()).isEqualTo("503 As Told");
        registrar.special = request -> null;
        registrar.clock.advance(2_000);
        assertThat(state(trunk)).isEqualTo(State.REGISTERED);
    }

    @Test
    void aRedirectionIsFollowedButNotInCircles() {
        registrar.special = request -> {
            if (request.is("REGISTER") && request.uri().host().equals("trunk.example")) {
                SipResponse response = SipResponse.to(request, 302, "Moved", "r");
                response.headers().add("Contact", "<sip:node7.trunk.example:5070>");
                return response;
            }
            return null;
        };
        registered();
        assertThat(last().uri().toString()).isEqualTo("sip:node7.trunk.example:5070");
        assertThat(last().to().uri().host()).isEqualTo("trunk.example");
        assertThat(registrar.triedHops.getLast().toString()).isEqualTo("sip:node7.trunk.example:5070");

        RegistrarDouble circle = new RegistrarDouble();
        circle.special = request -> {
            SipResponse response = SipResponse.to(request, 302, "Moved", "r");
            response.headers().add("Contact", "<sip:trunk.example>");
            return response;
        };
        new Trunk(settings, TrunkTimers.STANDARD, circle, new Random(6), Instant::now).begin();
        circle.clock.advance(1_000);
        assertThat(circle.registers).hasSize(4);
    }

    @Test
    void theOutsideOfANatIsLearnedFromTheChallenge() {
        registrar.natOutside = new HostPort("203.0.113.7", 40_123);
        registered();
        assertThat(registrar.registers).hasSize(2);
        assertThat(registrar.registers.getFirst().request().contact().uri().host())
                .isEqualTo("10.0.0.5");
        assertThat(registrar.bindings.keySet())
                .singleElement()
                .asString()
                .startsWith("sip:acct@203.0.113.7:40123;line=");
    }

    @Test
    void withoutAChallengeTheFormerContactIsTakenBackInTheSameBreath() {
        registrar.special = request ->
                request.is("REGISTER") && !request.headers().has("Authorization") ? bindWithoutPassword(request) : null;
        registrar.natOutside = new HostPort("203.0.113.7", 40_123);
        registered();
        assertThat(registrar.registers).hasSize(2);
        assertThat(last().headers().all("Contact")).hasSize(2);
        assertThat(last().headers().all("Contact").get(0)).contains("203.0.113.7:40123", "expires=3600");
        assertThat(last().headers().all("Contact").get(1)).contains("10.0.0.5", "expires=0");
    }

    private SipResponse bindWithoutPassword(SipRequest request) {
        SipResponse response = SipResponse.to(request, 200, "OK", "r");
        response.headers().add("Contact", request.headers().first("Contact"));
        return response;
    }

    @Test
    void aConfiguredPublicAddressIsNotOverruled() {
        registrar.publicAddress = true;
        registrar.natOutside = new HostPort("203.0.113.7", 40_123);
        registered();
        assertThat(last().contact().uri().host()).isEqualTo("10.0.0.5");
    }

    @Test
    void aNatThatForgetsUsIsNoticedByTheNextOptions() {
        registrar.natOutside = new HostPort("203.0.113.7", 40_123);
        registered();
        registrar.natOutside = new HostPort("203.0.113.7", 40_555);
        registrar.clock.advance(61_000);
        assertThat(registrar.bindings.keySet()).singleElement().asString().contains("203.0.113.7:40555");
    }

    @Test
    void anotherAddressOfOurOwnIsRegisteredAnew() {
        registrar.publicAddress = true;
        registered();
        registrar.ownHost = "10.9.9.9";
        registrar.clock.advance(61_000);
        assertThat(registrar.bindings.keySet()).singleElement().asString().contains("acct@10.9.9.9:5060");
    }

    @Test
    void theRegistrationIsTakenBackAtTheEnd() {
        Trunk trunk = registered();
        boolean[] done = new boolean[1];
        trunk.stop(() -> done[0] = true);
        registrar.clock.advance(100);
        assertThat(done[0]).isTrue();
        assertThat(registrar.bindings).isEmpty();
        assertThat(last().header("Expires")).isEqualTo("0");
        assertThat(state(trunk)).isEqualTo(State.STOPPED);
        int sent = registrar.registers.size();
        registrar.clock.advance(2 * HOUR);
        assertThat(registrar.registers).hasSize(sent);
        assertThat(registrar.clock.pending()).isZero();
    }

    @Test
    void theEndInTheMiddleOfARegistrationTakesItBackToo() {
        Trunk trunk = begun();
        registrar.clock.advance(5);
        boolean[] done = new boolean[1];
        trunk.stop(() -> done[0] = true);
        registrar.clock.advance(100);
        assertThat(done[0]).isTrue();
        assertThat(registrar.bindings).isEmpty();
    }

    @Test
    void aTrunkThatIsUsedAgainRegistersAgain() {
        Trunk trunk = registered();
        trunk.stop(() -> {});
        registrar.clock.advance(100);
        trunk.begin();
        registrar.clock.advance(100);
        assertThat(state(trunk)).isEqualTo(State.REGISTERED);
        assertThat(registrar.bindings).hasSize(1);
    }

    @Test
    void serviceRoutesAreKeptForOurCalls() {
        registrar.moreHeaders = Map.of("Service-Route", "<sip:p1.trunk.example;lr>, <sip:p2.trunk.example;lr>");
        assertThat(registered().routes())
                .extracting(Object::toString)
                .containsExactly("sip:p1.trunk.example;lr", "sip:p2.trunk.example;lr");
    }

    @Test
    void aProxyIsTheFirstHopAndARoute() {
        settings = settings.withProxy(HostPort.parse("edge.trunk.example:5070"));
        Trunk trunk = registered();
        assertThat(registrar.triedHops.getFirst().host()).isEqualTo("edge.trunk.example");
        assertThat(last().header("Route")).isEqualTo("<sip:edge.trunk.example:5070;lr>");
        assertThat(last().uri().host()).isEqualTo("trunk.example");
        assertThat(trunk.routes()).hasSize(1);
    }

    @Test
    void anAnswerThatNobodyCanReadIsAFailureLikeOthers() {
        answerEverythingWith(200, Map.of("Contact", "<<<"));
        Trunk trunk = begun();
        registrar.clock.advance(100);
        assertThat(state(trunk)).isEqualTo(State.RETRYING);
        registrar.special = request -> null;
        registrar.clock.advance(6_000);
        assertThat(state(trunk)).isEqualTo(State.REGISTERED);
    }

    @Test
    void theLineIsTheSameAfterARestart() {
        registered();
        String before = registrar.bindings.keySet().iterator().next();
        registered();
        assertThat(registrar.bindings).containsOnlyKeys(before);
    }
}
