package dev.trunkline.app.reception;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.scenario.Action;
import dev.trunkline.core.scenario.Expectation;
import dev.trunkline.core.scenario.Memory;
import dev.trunkline.core.scenario.Outcome;
import dev.trunkline.core.scenario.Reply;
import dev.trunkline.core.scenario.Scenario;
import dev.trunkline.core.scenario.Session;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** A typed call to a scenario: keeps its memory the way the engine does, and the last reply for looking at. */
final class Conversation {

    static final ZoneId ZONE = ZoneId.of("Europe/London");
    /** A Wednesday, half past ten in the morning. */
    static final LocalDateTime WEDNESDAY_MORNING = LocalDateTime.of(2026, 11, 18, 10, 30);

    private final Scenario scenario;
    private final String person;
    private final String caller;
    private Memory memory = new Memory();
    private Reply last = Reply.nothing();

    private Conversation(Scenario scenario, String person, String caller) {
        this.scenario = scenario;
        this.person = person;
        this.caller = caller;
        hook((s, session) -> s.onCallStart(session));
    }

    static Conversation start() {
        return at(WEDNESDAY_MORNING);
    }

    static Conversation at(LocalDateTime time) {
        return new Conversation(reception(time), "sip:sue@example.org", "sip:+441273555123@example.org");
    }

    static Conversation withoutPerson() {
        return new Conversation(reception(WEDNESDAY_MORNING), "", "");
    }

    static Reception reception(LocalDateTime time) {
        return new Reception(Facts.shipped(), () -> time.atZone(ZONE).toInstant());
    }

    Conversation says(String text) {
        return hook((s, session) -> s.onTranscript(session, text));
    }

    Conversation presses(String keys) {
        return hook((s, session) -> s.onDtmf(session, keys));
    }

    Conversation keepsSilent(int prompt) {
        return hook((s, session) -> s.onSilence(session, prompt));
    }

    Conversation outcome(Outcome outcome) {
        return hook((s, session) -> s.onOutcome(session, outcome));
    }

    /** All that was answered. */
    String heard() {
        return last.actions().stream()
                .filter(Action.Say.class::isInstance)
                .map(action -> ((Action.Say) action).text())
                .collect(Collectors.joining(" "));
    }

    Expectation.Kind expects() {
        return last.expectation().kind();
    }

    List<Action> actions() {
        return last.actions();
    }

    /** The one action of that kind in the last reply. */
    <A extends Action> A action(Class<A> kind) {
        return last.actions().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " in " + last));
    }

    boolean has(Class<? extends Action> kind) {
        return last.actions().stream().anyMatch(kind::isInstance);
    }

    private Conversation hook(BiFunction<Scenario, Session, Reply> hook) {
        CallInfo call = new CallInfo(
                CallId.at(0), "sip", CallDirection.INBOUND, new Party(caller, ""), Party.UNKNOWN, Instant.EPOCH);
        Agent agent = new Agent("reception", "", "", "en", "", person, Agent.TurnTaking.DEFAULT, Agent.Limits.DEFAULT);
        Memory copy = memory.copy();
        last = hook.apply(scenario, new Session(call, agent, List.of(), copy));
        memory = copy;
        return this;
    }
}
