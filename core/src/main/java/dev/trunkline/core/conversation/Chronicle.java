package dev.trunkline.core.conversation;

import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.conversation.Listening.TurnTimes;
import dev.trunkline.core.language.ChatMessage;
import dev.trunkline.core.language.ChatMessage.Role;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.core.record.Message;
import dev.trunkline.core.record.Speaker;
import dev.trunkline.core.record.Turn;
import dev.trunkline.core.record.TurnLatency;
import dev.trunkline.core.scenario.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said, as it was heard: the context that the mind is given, and the turns of the record, numbered together.
 * Conversation's thread.
 */
final class Chronicle {

    private final CallInfo call;
    private final ConversationParts parts;
    private final List<ChatMessage> history = new ArrayList<>();
    private @Nullable Turn callerTurn;
    private int turns;
    private int messages;

    Chronicle(CallInfo call, ConversationParts parts) {
        this.call = call;
        this.parts = parts;
    }

    /** The conversation so far. */
    List<ChatMessage> history() {
        return history;
    }

    /** The caller has said something. */
    void callerSaid(String text, TurnTimes times) {
        var latency = new TurnLatency(
                Answer.millis(times.lastSpeechNanos(), times.overNanos()),
                Answer.millis(times.lastSpeechNanos(), times.settledNanos()),
                -1,
                -1,
                -1,
                -1,
                false);
        Turn turn = new Turn(
                ++turns,
                Speaker.CALLER,
                text,
                instant(times.startedNanos()),
                instant(times.lastSpeechNanos()),
                false,
                latency);
        callerTurn = turn;
        history.add(new ChatMessage(Role.CALLER, text));
        write(turn);
    }

    /** The caller went on before they got an answer: takes back the last turn, and returns its words. */
    String takeBack() {
        Turn turn = callerTurn;
        if (turn == null || turn.number() != turns) {
            return "";
        }
        turns--;
        callerTurn = null;
        history.removeLast();
        return turn.text();
    }

    /** The caller has pressed keys. */
    void callerPressed(String digits, long startedNanos) {
        callerTurn = null;
        String text = "[keys " + digits + "]";
        history.add(new ChatMessage(Role.CALLER, text));
        write(new Turn(
                ++turns,
                Speaker.CALLER,
                text,
                instant(startedNanos),
                parts.time().now(),
                false,
                TurnLatency.NONE));
    }

    /** The agent has said something, as far as it was heard. */
    void agentSaid(String text, long startedNanos, boolean interrupted, TurnLatency latency) {
        callerTurn = null;
        history.add(new ChatMessage(Role.AGENT, text));
        write(new Turn(
                ++turns,
                Speaker.AGENT,
                text,
                instant(startedNanos),
                parts.time().now(),
                interrupted,
                latency));
    }

    /** The agent wrote down a message. */
    void messageLeft(Action.LeaveMessage left) {
        var message = new Message(++messages, parts.time().now(), left.name(), left.number(), left.text());
        parts.log().write(new CallLogEntry.MessageLeft(call.id(), message));
    }

    private void write(Turn turn) {
        parts.log().write(new CallLogEntry.TurnTaken(call.id(), turn));
        parts.observer().on(call, new ConversationEvent.TurnTaken(turn));
    }

    private Instant instant(long nanos) {
        return parts.time().now().minusNanos(parts.time().nanoTime() - nanos);
    }
}
