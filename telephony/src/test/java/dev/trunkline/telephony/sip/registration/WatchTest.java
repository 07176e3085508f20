package dev.trunkline.telephony.sip.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.digest.Credentials;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.SipResponse;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WatchTest {

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
        registrar.clock.advance(100);
        return trunk;
    }

    private void answerOptionsWith(int status) {
        registrar.special = request -> request.is("OPTIONS") ? SipResponse.to(request, status, "As Told", "r") : null;
    }

    @Test
    void optionsAreSentEvery30To60Seconds() {
        begun();
        registrar.clock.advance(600_000);
        assertThat(registrar.options).hasSizeBetween(9, 20);
        for (int i = 1; i < registrar.options.size(); i++) {
            long gap =
                    registrar.options.get(i).at() - registrar.options.get(i - 1).at();
            assertThat(gap).isBetween(30_000L, 60_100L);
        }
        assertThat(registrar.options.stream().map(RegistrarDouble.Received::sequence))
                .doesNotHaveDuplicates();
    }

    @Test
    void anyAnswerOfThePeerItselfSaysThatItIsThere() {
        for (int status : new int[] {200, 401, 403, 404, 405, 486, 500}) {
            answerOptionsWith(status);
            Trunk trunk = begun();
            registrar.clock.advance(130_000);
            assertThat(trunk.status().peer()).as("" + status).isEqualTo(PeerStatus.UP);
        }
    }

    @Test
    void twoMissesAreDownAndOneIsNot() {
        Trunk trunk = begun();
        registrar.clock.advance(61_000);
        assertThat(trunk.status().peer()).isEqualTo(PeerStatus.UP);
        answerOptionsWith(503);
        int before = registrar.options.size();
        while (registrar.options.size() == before) {
            registrar.clock.advance(1_000);
        }
        registrar.clock.advance(100);
        assertThat(trunk.status().peer()).isEqualTo(PeerStatus.UP);
        registrar.clock.advance(61_000);
        assertThat(trunk.status().peer()).isEqualTo(PeerStatus.DOWN);
        assertThat(trunk.status().isUp(Instant.ofEpochMilli(registrar.clock.now())))
                .isFalse();
    }

    @Test
    void aRegistrarThatWasDownMayHaveForgottenUs() {
        Trunk trunk = begun();
        registrar.up = false;
        registrar.clock.advance(200_000);
        assertThat(trunk.status().peer()).isEqualTo(PeerStatus.DOWN);
        registrar.up = true;
        registrar.bindings.clear();
        registrar.clock.advance(70_000);
        assertThat(trunk.status().peer()).isEqualTo(PeerStatus.UP);
        assertThat(registrar.bindings).hasSize(1);
    }

    @Test
    void aPeerWithoutRegistrationIsAskedAtOnceAndNeverRegisteredWith() {
        settings = settings.withoutRegistration();
        Trunk trunk = begun();
        registrar.clock.advance(3_600_000);
        assertThat(registrar.registers).isEmpty();
        assertThat(registrar.pings).isEmpty();
        assertThat(registrar.options.getFirst().at()).isZero();
        assertThat(trunk.status().isUp(Instant.ofEpochMilli(registrar.clock.now())))
                .isTrue();
    }

    @Test
    void aNatIsKeptOpen() {
        begun();
        registrar.clock.advance(100_000);
        assertThat(registrar.pings).containsExactly(25_000L, 50_000L, 75_000L, 100_000L);
    }

    @Test
    void aLostConnectionIsMadeAnewOnceAndNotAtEveryKeepAlive() {
        begun();
        registrar.pingsFail = true;
        registrar.refusedByNetwork = true;
        int before = registrar.triedHops.size();
        registrar.clock.advance(26_000);
        assertThat(registrar.triedHops).hasSize(before + 1);
        registrar.clock.advance(4 * 60_000);
        // its own back-off, and OPTIONS; not the keep-alives
        assertThat(registrar.triedHops.size() - before).isLessThan(16);
    }
}
