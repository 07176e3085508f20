package dev.trunkline.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.Dialer;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.LegListener;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.core.line.TransferFailure;
import dev.trunkline.core.line.Voice;
import dev.trunkline.sound.AudioFormat;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A caller, an agent and a person, without a clock: nothing of it depends on time. */
class WarmTransferTest {

    private static final Duration RING = Duration.ofSeconds(20);

    /** What was done to a leg, in order. */
    private static final class TestLeg implements Leg {

        private final List<String> done = new ArrayList<>();
        private final Voice voice;
        private LegListener listener = event -> {};
        private boolean transfers = true;

        TestLeg() {
            voice = (Voice) Proxy.newProxyInstance(
                    Voice.class.getClassLoader(), new Class<?>[] {Voice.class}, (self, method, arguments) -> {
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> self == arguments[0];
                            case "format" -> AudioFormat.PCM_8K;
                            default -> {
                                done.add(method.getName());
                                yield null;
                            }
                        };
                    });
        }

        @Override
        public String id() {
            return "leg";
        }

        @Override
        public String channel() {
            return "test";
        }

        @Override
        public CallDirection direction() {
            return CallDirection.INBOUND;
        }

        @Override
        public Party from() {
            return new Party("", "");
        }

        @Override
        public Party to() {
            return new Party("", "");
        }

        @Override
        public String dialled() {
            return "";
        }

        @Override
        public void listen(LegListener next) {
            listener = next;
        }

        @Override
        public void ring() {}

        @Override
        public void answer() {}

        @Override
        public void reject(RejectCause cause, String detail) {}

        @Override
        public void hangUp(EndReason reason) {
            done.add("hangUp " + reason);
        }

        @Override
        public void hold() {
            done.add("hold");
        }

        @Override
        public void unhold() {
            done.add("unhold");
        }

        @Override
        public boolean canTransfer() {
            return transfers;
        }

        @Override
        public void transfer(Leg consultation) {
            done.add("transfer");
        }

        @Override
        public Voice voice() {
            return voice;
        }
    }

    private final TestLeg caller = new TestLeg();
    private final TestLeg person = new TestLeg();
    private final List<WarmTransferEvent> events = new ArrayList<>();
    private final Dialer dialer = (target, callerId, ring, listener) -> {
        if (target.isBlank()) {
            throw new IllegalArgumentException("nobody");
        }
        person.listen(listener);
        return person;
    };
    private WarmTransfer transfer;

    private void begun(TransferWay way, boolean hold) {
        transfer = new WarmTransfer(caller, dialer, way, Runnable::run, events::add);
        transfer.begin("sip:person@example.com", "ann", RING, hold);
    }

    private void consulting(TransferWay way) {
        begun(way, true);
        person.listener.on(new LegEvent.Ringing(1));
        person.listener.on(new LegEvent.Answered(2));
        assertThat(events)
                .containsExactly(new WarmTransferEvent.PersonRings(), new WarmTransferEvent.PersonAnswered(person));
        events.clear();
    }

    private static LegEvent.Ended ended(EndReason reason) {
        return new LegEvent.Ended(3, reason, "");
    }

    @Test
    void theAgentSpeaksWithThePersonWhileTheCallerWaitsAndThenBothHearEachOther() {
        consulting(TransferWay.BRIDGE);
        assertThat(caller.done).containsExactly("hold");
        assertThat(transfer.person()).containsSame(person);
        transfer.join();
        assertThat(caller.done).containsExactly("hold", "unhold", "join");
        assertThat(events).containsExactly(new WarmTransferEvent.Joined());
        assertThat(transfer.isJoined()).isTrue();
        transfer.join();
        assertThat(caller.done).hasSize(3);
    }

    @Test
    void aCallerWhoIsKeptCompanyIsNeverOnHold() {
        begun(TransferWay.BRIDGE, false);
        person.listener.on(new LegEvent.Answered(2));
        transfer.join();
        assertThat(caller.done).containsExactly("join");
    }

    @Test
    void aPersonWhoDoesNotWantTheCallIsHungUpOnAndTheCallerIsBack() {
        consulting(TransferWay.AUTO);
        transfer.takeBack();
        assertThat(person.done).containsExactly("hangUp AGENT_HUNG_UP");
        assertThat(caller.done).containsExactly("hold", "unhold");
        assertThat(events).containsExactly(new WarmTransferEvent.Returned(WarmTransferEvent.Why.TAKEN_BACK, ""));
        assertThat(transfer.isRunning()).isFalse();
        assertThat(transfer.person()).isEmpty();
    }

    @Test
    void aPersonWhoIsNotReachedIsTold() {
        record Case(EndReason reason, WarmTransferEvent.Why why) {}
        for (Case each : List.of(
                new Case(EndReason.DECLINED, WarmTransferEvent.Why.BUSY),
                new Case(EndReason.NO_ANSWER, WarmTransferEvent.Why.NO_ANSWER),
                new Case(EndReason.FAILED, WarmTransferEvent.Why.UNREACHABLE))) {
            events.clear();
            begun(TransferWay.AUTO, true);
            person.listener.on(ended(each.reason()));
            assertThat(events).containsExactly(new WarmTransferEvent.Returned(each.why(), ""));
            assertThat(caller.done).endsWith("unhold");
        }
    }

    @Test
    void aPersonWhoHangsUpOnTheAgentLeavesTheCallerWithTheAgent() {
        consulting(TransferWay.AUTO);
        person.listener.on(ended(EndReason.CALLER_HUNG_UP));
        assertThat(events).containsExactly(new WarmTransferEvent.Returned(WarmTransferEvent.Why.PERSON_HUNG_UP, ""));
    }

    @Test
    void aPersonWhoLeavesAJoinedCallLeavesTheCallerWithTheAgent() {
        consulting(TransferWay.BRIDGE);
        transfer.join();
        person.listener.on(ended(EndReason.CALLER_HUNG_UP));
        assertThat(caller.done).endsWith("join", "part");
        assertThat(events.getLast()).isEqualTo(new WarmTransferEvent.Returned(WarmTransferEvent.Why.PERSON_LEFT, ""));
    }

    @Test
    void callerAndPersonAreJoinedWithoutUsWhereTheirSideCan() {
        consulting(TransferWay.AUTO);
        transfer.join();
        assertThat(caller.done).containsExactly("hold", "transfer");
        transfer.onCaller(new LegEvent.TransferProgress(3, true));
        // the person's telephone changes over before we are told of it
        person.listener.on(ended(EndReason.CALLER_HUNG_UP));
        transfer.onCaller(new LegEvent.Transferred(4));
        assertThat(events).containsExactly(new WarmTransferEvent.HandedOver());
        transfer.onCaller(ended(EndReason.TRANSFERRED));
        assertThat(events).hasSize(1);
    }

    @Test
    void whereTheirSideRefusesTheTwoAreBridged() {
        consulting(TransferWay.AUTO);
        transfer.join();
        transfer.onCaller(new LegEvent.TransferRefused(3, TransferFailure.UNSUPPORTED, "405"));
        assertThat(caller.done).containsExactly("hold", "transfer", "unhold", "join");
        assertThat(events).containsExactly(new WarmTransferEvent.Joined());
    }

    @Test
    void whereBridgingIsNotAllowedTheAgentIsToldAndStillHasBoth() {
        consulting(TransferWay.HAND_OVER);
        transfer.join();
        transfer.onCaller(new LegEvent.TransferRefused(3, TransferFailure.UNSUPPORTED, "405"));
        assertThat(events).containsExactly(new WarmTransferEvent.JoinRefused(TransferFailure.UNSUPPORTED, "405"));
        transfer.takeBack();
        assertThat(caller.done).endsWith("unhold");
    }

    @Test
    void aPersonWhoHasGoneWhenTheirSideRefusesIsNotBridged() {
        consulting(TransferWay.AUTO);
        transfer.join();
        person.listener.on(ended(EndReason.CALLER_HUNG_UP));
        transfer.onCaller(new LegEvent.TransferRefused(3, TransferFailure.FAILED, "481"));
        assertThat(caller.done).doesNotContain("join");
        assertThat(events).containsExactly(new WarmTransferEvent.Returned(WarmTransferEvent.Why.PERSON_HUNG_UP, "481"));
    }

    @Test
    void aCallerWhoGivesUpTakesThePersonWithThem() {
        consulting(TransferWay.BRIDGE);
        transfer.onCaller(ended(EndReason.CALLER_HUNG_UP));
        assertThat(person.done).containsExactly("hangUp CANCELLED");
        assertThat(events).containsExactly(new WarmTransferEvent.CallerLeft());
    }

    @Test
    void joiningBeforeThePersonAnswersDoesNothing() {
        begun(TransferWay.BRIDGE, true);
        transfer.join();
        assertThat(caller.done).containsExactly("hold");
    }

    @Test
    void aTargetThatIsNoneChangesNothing() {
        transfer = new WarmTransfer(caller, dialer, TransferWay.BRIDGE, Runnable::run, events::add);
        assertThatThrownBy(() -> transfer.begin("", "", RING, true)).isInstanceOf(IllegalArgumentException.class);
        assertThat(caller.done).isEmpty();
        assertThat(transfer.isRunning()).isFalse();
    }
}
