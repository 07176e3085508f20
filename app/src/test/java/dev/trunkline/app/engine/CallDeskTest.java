package dev.trunkline.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.agent.AgentDirectory;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.core.record.CallLog;
import dev.trunkline.core.record.CallLogEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallDeskTest {

    private final List<CallLogEntry> log = new CopyOnWriteArrayList<>();
    private final List<String> talks = new ArrayList<>();
    private final CompletableFuture<Speech> speech = new CompletableFuture<>();
    private final Places places = new Places(3);
    private final SystemTimekeeper time = new SystemTimekeeper();
    private final List<RejectCause> refused = new ArrayList<>();
    private final Refusals refusals = new Refusals(refused::add);
    private final List<Runnable> lastWords = new ArrayList<>();
    private boolean slowToEnd;
    private final CallDesk desk = new CallDesk(
            "node",
            new Two(),
            agent -> "scenario:" + agent.name(),
            speech,
            this::talk,
            places,
            log::add,
            refusals,
            time,
            Runnable::run);

    @AfterEach
    void close() {
        time.close();
    }

    @Test
    void aCallIsGivenToTheAgentThatWasDialled() {
        modelsAreReady();
        FakeLeg leg = new FakeLeg("reception");

        desk.incoming(leg);

        assertThat(leg.done).containsExactly("answer");
        assertThat(talks).containsExactly("reception begins");
        assertThat(log).singleElement().isInstanceOfSatisfying(CallLogEntry.Opened.class, opened -> {
            assertThat(opened.agent()).isEqualTo("reception");
            assertThat(opened.mind()).isEqualTo("scenario:reception");
            assertThat(opened.node()).isEqualTo("node");
        });
    }

    @Test
    void aNumberThatNobodyHasIsNotFound() {
        modelsAreReady();
        FakeLeg leg = new FakeLeg("nobody");

        desk.incoming(leg);

        assertThat(leg.done).containsExactly("reject NOT_FOUND");
        assertThat(refused).containsExactly(RejectCause.NOT_FOUND);
        assertThat(places.taken()).isZero();
    }

    @Test
    void strangersDoNotFillTheRecord() {
        modelsAreReady();
        desk.incoming(new FakeLeg("nobody"));
        desk.drain();
        desk.incoming(new FakeLeg("reception"));

        assertThat(log).isEmpty();
        assertThat(refused).containsExactly(RejectCause.NOT_FOUND, RejectCause.UNAVAILABLE);
    }

    @Test
    void aPlaceIsGivenBackOnlyWhenTheEndOfTheCallIsWritten() {
        modelsAreReady();
        slowToEnd = true;
        FakeLeg leg = new FakeLeg("reception");
        desk.incoming(leg);

        leg.callerHangsUp(EndReason.CALLER_HUNG_UP);
        assertThat(places.taken()).isEqualTo(1);
        lastWords.forEach(Runnable::run);
        lastWords.forEach(Runnable::run);

        assertThat(places.taken()).isZero();
        assertThat(log).filteredOn(CallLogEntry.Closed.class::isInstance).hasSize(1);
    }

    @Test
    void aConversationThatNeverWritesItsEndLosesItsPlaceAllTheSame() {
        modelsAreReady();
        slowToEnd = true;
        FakeLeg leg = new FakeLeg("reception");
        desk.incoming(leg);

        leg.callerHangsUp(EndReason.CALLER_HUNG_UP);

        await().atMost(Duration.ofSeconds(10)).until(() -> places.taken() == 0);
        assertThat(log.getLast()).isInstanceOf(CallLogEntry.Closed.class);
    }

    @Test
    void anAgentWithoutAFreePlaceIsBusyUntilACallEnds() {
        modelsAreReady();
        FakeLeg first = new FakeLeg("single");
        desk.incoming(first);

        FakeLeg second = new FakeLeg("single");
        desk.incoming(second);
        first.callerHangsUp(EndReason.CALLER_HUNG_UP);
        FakeLeg third = new FakeLeg("single");
        desk.incoming(third);

        assertThat(second.done).containsExactly("reject BUSY");
        assertThat(third.done).containsExactly("answer");
        assertThat(places.taken()).isEqualTo(1);
    }

    @Test
    void aFullServerIsBusyForEveryAgent() {
        modelsAreReady();
        for (int i = 0; i < 3; i++) {
            desk.incoming(new FakeLeg("reception"));
        }
        FakeLeg oneMore = new FakeLeg("single");

        desk.incoming(oneMore);

        assertThat(oneMore.done).containsExactly("reject BUSY");
    }

    @Test
    void aCallThatComesBeforeTheModelsAreReadyRingsUntilTheyAre() {
        FakeLeg leg = new FakeLeg("reception");

        desk.incoming(leg);
        assertThat(leg.done).containsExactly("ring");
        assertThat(talks).isEmpty();
        modelsAreReady();

        assertThat(leg.done).containsExactly("ring", "answer");
    }

    @Test
    void aCallerWhoGivesUpWhileItRingsIsNotAnsweredAndLeavesTheirPlace() {
        FakeLeg leg = new FakeLeg("reception");
        desk.incoming(leg);

        leg.callerHangsUp(EndReason.CANCELLED);
        modelsAreReady();

        assertThat(talks).isEmpty();
        assertThat(places.taken()).isZero();
        assertThat(log.getLast())
                .isInstanceOfSatisfying(
                        CallLogEntry.Closed.class,
                        closed -> assertThat(closed.reason()).isEqualTo(EndReason.CANCELLED));
    }

    @Test
    void aCallIsRefusedWhenTheModelsCouldNotBeLoaded() {
        FakeLeg ringing = new FakeLeg("reception");
        desk.incoming(ringing);
        speech.completeExceptionally(new IllegalStateException("no such file"));
        FakeLeg later = new FakeLeg("reception");
        desk.incoming(later);

        assertThat(ringing.done).containsExactly("ring", "reject UNAVAILABLE");
        assertThat(later.done).containsExactly("reject UNAVAILABLE");
        assertThat(places.taken()).isZero();
    }

    @Test
    void aDrainingServerTakesNoCallsAndSaysGoodbyeInThoseThatRun() {
        modelsAreReady();
        desk.incoming(new FakeLeg("reception"));

        desk.drain();
        FakeLeg late = new FakeLeg("reception");
        desk.incoming(late);
        desk.wrapUpAll();

        assertThat(late.done).containsExactly("reject UNAVAILABLE");
        assertThat(talks).containsExactly("reception begins", "reception wraps up");
    }

    @Test
    void aCallThatStillRingsWhenTheServerStopsIsRefused() {
        FakeLeg leg = new FakeLeg("reception");
        desk.incoming(leg);

        desk.drain();
        desk.wrapUpAll();

        assertThat(leg.done).containsExactly("ring", "reject UNAVAILABLE");
        assertThat(places.taken()).isZero();
    }

    @Test
    void whatHappenedBeforeTheConversationListensIsToldToIt() {
        FakeLeg leg = new FakeLeg("reception");
        List<LegEvent> heard = new ArrayList<>();
        DeskLeg atTheDesk = new DeskLeg(leg, ended -> {});

        leg.answer();
        atTheDesk.listen(heard::add);
        leg.callerHangsUp(EndReason.CALLER_HUNG_UP);

        assertThat(heard).hasSize(2);
        assertThat(heard.getFirst()).isInstanceOf(LegEvent.Answered.class);
        assertThat(heard.getLast()).isInstanceOf(LegEvent.Ended.class);
    }

    private void modelsAreReady() {
        speech.complete(new Speech(new Silent.Ears(), new Silent.Mouth()));
    }

    private Talk talk(CallInfo call, Leg leg, Agent agent, Speech with, CallLog record) {
        leg.listen(event -> {
            if (event instanceof LegEvent.Ended ended) {
                lastWords.add(() -> record.write(
                        new CallLogEntry.Closed(call.id(), time.now(), ended.reason(), "", MediaQuality.NONE)));
                if (!slowToEnd) {
                    lastWords.getLast().run();
                }
            }
        });
        return new Talk() {
            @Override
            public void begin() {
                talks.add(agent.name() + " begins");
                leg.answer();
            }

            @Override
            public void wrapUp() {
                talks.add(agent.name() + " wraps up");
            }

            @Override
            public void end(EndReason reason) {
                leg.hangUp(reason);
            }
        };
    }

    private static final class Two implements AgentDirectory {

        private static Agent agent(String name, int places) {
            return new Agent(
                    name,
                    "",
                    "",
                    "en",
                    "",
                    "",
                    Agent.TurnTaking.DEFAULT,
                    new Agent.Limits(Duration.ofMinutes(1), places));
        }

        private final List<Agent> agents = List.of(agent("reception", 20), agent("single", 1));

        @Override
        public Optional<Agent> forDialled(String dialled) {
            return named(dialled);
        }

        @Override
        public Optional<Agent> named(String name) {
            return agents.stream().filter(agent -> agent.name().equals(name)).findFirst();
        }

        @Override
        public Collection<Agent> all() {
            return agents;
        }
    }
}
