package dev.trunkline.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.app.calls.Records;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.CallState;
import dev.trunkline.core.conversation.ConversationEvent;
import dev.trunkline.core.session.CallSession;
import dev.trunkline.core.session.SessionStore;
import dev.trunkline.persistence.memory.InMemorySessionStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionSnapshotsTest {

    private final SystemTimekeeper time = new SystemTimekeeper();
    private final SessionStore store = new InMemorySessionStore();
    private final SessionSnapshots snapshots = new SessionSnapshots("node", store, time);
    private final CallInfo call = Records.call(1);

    @AfterEach
    void close() {
        time.close();
    }

    @Test
    void aCallIsInTheStoreFromItsOpeningToItsEnd() {
        snapshots.open(call, "reception", new FakeLeg("reception"));
        assertThat(now().state()).isEqualTo(CallState.RINGING);
        assertThat(store.findByLeg("leg-of-reception")).isPresent();

        snapshots.close(call.id());
        assertThat(store.find(call.id())).isEmpty();
    }

    @Test
    void everyChangeMakesANewerSnapshot() {
        snapshots.open(call, "reception", new FakeLeg("reception"));
        long first = now().version();

        snapshots.on(call, new ConversationEvent.StateChanged(CallState.RINGING, CallState.CONNECTING));

        assertThat(now().version()).isGreaterThan(first);
        assertThat(now().state()).isEqualTo(CallState.CONNECTING);
    }

    @Test
    void bridgesLegsAndPlaybacksComeAndGo() {
        snapshots.open(call, "reception", new FakeLeg("reception"));

        snapshots.on(call, new ConversationEvent.PlaybackStarted("playback"));
        snapshots.on(call, new ConversationEvent.Bridged("bridge", "other-leg"));
        assertThat(store.findByPlayback("playback")).isPresent();
        assertThat(store.findByBridge("bridge")).isPresent();
        assertThat(store.findByLeg("other-leg")).isPresent();

        snapshots.on(call, new ConversationEvent.PlaybackEnded("playback"));
        snapshots.on(call, new ConversationEvent.Unbridged("bridge", "other-leg"));
        assertThat(store.findByPlayback("playback")).isEmpty();
        assertThat(store.findByBridge("bridge")).isEmpty();
        assertThat(store.findByLeg("other-leg")).isEmpty();
        assertThat(store.findByLeg("leg-of-reception")).isPresent();
    }

    @Test
    void aCallInWhichNothingHappensIsShownToBeAlive() {
        snapshots.open(call, "reception", new FakeLeg("reception"));
        long first = now().version();

        snapshots.refresh();

        assertThat(now().version()).isGreaterThan(first);
    }

    private CallSession now() {
        return store.find(call.id()).orElseThrow();
    }
}
