package dev.trunkline.persistence.record;

import static dev.trunkline.persistence.record.Entries.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallState;
import dev.trunkline.core.session.CallSession;
import dev.trunkline.core.session.SessionStatistics;
import dev.trunkline.core.session.SessionStore;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of live sessions does. */
public abstract class SessionStoreBehaviour {

    /** An empty store, the same one within a test. */
    protected abstract SessionStore store();

    @Test
    void aCallIsFoundByEveryNameItHas() {
        CallSession session = session("c1", 1, CallState.STREAMING);
        store().put(session);
        assertThat(store().find(new CallId("c1"))).contains(session);
        assertThat(store().findByLeg("leg-c1")).contains(session);
        assertThat(store().findByBridge("bridge-c1")).contains(session);
        assertThat(store().findByPlayback("playback-c1-1")).contains(session);
        assertThat(store().findBySsrc(0xFFFF_FFF0L)).contains(session);
        assertThat(store().findByLeg("leg-c2")).isEmpty();
    }

    @Test
    void anOlderOrEqualSnapshotNeverReplacesANewerOne() {
        CallSession newer = session("c1", 2, CallState.SPEAKING);
        store().put(newer);
        store().put(session("c1", 1, CallState.STREAMING));
        store().put(session("c1", 2, CallState.HELD));
        assertThat(store().find(new CallId("c1"))).contains(newer);
    }

    @Test
    void aNameThatACallNoLongerHasFindsNothing() {
        store().put(session("c1", 1, CallState.SPEAKING));
        store().put(session("c1", 2, CallState.STREAMING));
        assertThat(store().findByPlayback("playback-c1-1")).isEmpty();
        assertThat(store().findByPlayback("playback-c1-2")).isPresent();
    }

    @Test
    void aRemovedCallIsForgottenUnderAllItsNames() {
        store().put(session("c1", 1, CallState.STREAMING));
        store().remove(new CallId("c1"));
        store().remove(new CallId("never"));
        assertThat(store().find(new CallId("c1"))).isEmpty();
        assertThat(store().findByLeg("leg-c1")).isEmpty();
        assertThat(store().findBySsrc(0xFFFF_FFF0L)).isEmpty();
        assertThat(store().all()).isEmpty();
    }

    @Test
    void aLegThatMovedToAnotherCallStaysFoundWhenTheFirstEnds() {
        store().put(session("c1", 1, CallState.TRANSFERRING));
        CallSession second = new CallSession(
                Entries.opened("c2", 2).info(),
                1,
                "node-a",
                "reception",
                CallState.STREAMING,
                at(2),
                Set.of("leg-c1"),
                Set.of(),
                Set.of(),
                Set.of());
        store().put(second);
        store().remove(new CallId("c1"));
        assertThat(store().findByLeg("leg-c1")).contains(second);
    }

    @Test
    void allAreListedOldestFirst() {
        store().put(session("c2", 1, CallState.STREAMING));
        store().put(session("c1", 1, CallState.STREAMING));
        store().put(session("c3", 1, CallState.STREAMING));
        assertThat(store().all())
                .extracting(session -> session.call().id().value())
                .containsExactly("c1", "c2", "c3");
    }

    @Test
    void whoseOwnerHasGoneExpires() {
        store().put(session("c1", 1, CallState.STREAMING));
        store().put(session("c2", 9, CallState.STREAMING));
        assertThat(store().expire(at(5)))
                .extracting(session -> session.call().id().value())
                .containsExactly("c1");
        assertThat(store().all())
                .extracting(session -> session.call().id().value())
                .containsExactly("c2");
        assertThat(store().statistics().expired()).isEqualTo(1);
    }

    @Test
    void statisticsCountByStateAndAgent() {
        store().put(session("c1", 1, CallState.STREAMING));
        store().put(session("c2", 1, CallState.SPEAKING));
        store().put(session("c2", 2, CallState.STREAMING));
        store().put(session("c3", 1, CallState.HELD));
        store().remove(new CallId("c3"));
        assertThat(store().statistics())
                .isEqualTo(new SessionStatistics(2, Map.of(CallState.STREAMING, 2), Map.of("reception", 2), 3, 0));
    }

    /** A call that began at the second its name ends with and was last seen at the second of its version. */
    private static CallSession session(String id, int version, CallState state) {
        return new CallSession(
                Entries.opened(id, id.charAt(1) - '0').info(),
                version,
                "node-a",
                "reception",
                state,
                at(version),
                Set.of("leg-" + id),
                Set.of("bridge-" + id),
                Set.of("playback-" + id + "-" + version),
                Set.of(0xFFFF_FFF0L + id.charAt(1) - '1'));
    }
}
