package dev.trunkline.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.app.health.Health;
import dev.trunkline.app.health.Part;
import dev.trunkline.telephony.sip.registration.PeerStatus;
import dev.trunkline.telephony.sip.registration.RegistrationStatus;
import dev.trunkline.telephony.sip.registration.RegistrationStatus.State;
import dev.trunkline.telephony.sip.registration.TrunkStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrunkLinesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static Part part(State state, @Nullable Instant until, String failure, PeerStatus peer) {
        RegistrationStatus registration =
                new RegistrationStatus(state, until, failure, failure.isEmpty() ? 0 : 1, NOW.plusSeconds(30));
        return TrunkLines.part(new TrunkStatus("placetel", registration, peer, "sip.example.com"), NOW);
    }

    @Test
    void aRegisteredTrunkIsUpAndSaysUntilWhen() {
        Part part = part(State.REGISTERED, NOW.plusSeconds(600), "", PeerStatus.UP);
        assertThat(part.name()).isEqualTo("trunk.placetel");
        assertThat(part.state()).isEqualTo(Part.State.UP);
        assertThat(part.detail()).isEqualTo("registered with sip.example.com until 2026-11-21T12:10:00Z");
    }

    @Test
    void aWrongPasswordIsToldAndTheServerServesOn() {
        Part part = part(State.REFUSED, null, "401 wrong user or password", PeerStatus.UP);
        assertThat(part.state()).isEqualTo(Part.State.DOWN);
        assertThat(part.detail())
                .isEqualTo("not registered with sip.example.com; last failure: 401 wrong user or password; next try"
                        + " 2026-11-21T12:00:30Z");
        Health health = new Health("node", List.of(part), false, 0, 1);
        assertThat(health.status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(health.status().serving()).isTrue();
    }

    @Test
    void aFailedRefreshIsToldWhileTheRegistrationLasts() {
        Part part = part(State.RETRYING, NOW.plusSeconds(60), "no answer", PeerStatus.UP);
        assertThat(part.state()).isEqualTo(Part.State.UP);
        assertThat(part.detail()).contains("registered with", "last failure: no answer");
    }

    @Test
    void aTrunkThatBeginsIsStarting() {
        assertThat(part(State.REGISTERING, null, "", PeerStatus.UNKNOWN).state())
                .isEqualTo(Part.State.STARTING);
    }

    @Test
    void aPeerThatDoesNotAnswerIsDown() {
        Part part = part(State.NONE, null, "", PeerStatus.DOWN);
        assertThat(part.state()).isEqualTo(Part.State.DOWN);
        assertThat(part.detail()).isEqualTo("sip.example.com, not registered with; does not answer OPTIONS");
    }
}
