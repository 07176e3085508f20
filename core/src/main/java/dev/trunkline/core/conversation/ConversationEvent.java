package dev.trunkline.core.conversation;

import dev.trunkline.core.call.CallState;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.record.Turn;
import java.time.Duration;

/** What a conversation tells those who watch it: logs, metrics, the live state. */
public sealed interface ConversationEvent {

    /** The call has gone from one state to another. */
    record StateChanged(CallState from, CallState to) implements ConversationEvent {}

    /** A turn is complete. */
    record TurnTaken(Turn turn) implements ConversationEvent {}

    /** What the caller has said so far in this turn. */
    record Heard(String text, boolean settled) implements ConversationEvent {}

    /**
     * The first sound of the answer to what the caller said has gone out.
     *
     * @param beyondSilence the time since the caller's silence was long enough to be the end of their turn
     */
    record AnswerAudible(Duration beyondSilence) implements ConversationEvent {}

    /** An utterance of the agent begins to be played. */
    record PlaybackStarted(String playback) implements ConversationEvent {}

    /** It is over, all of it heard or not. */
    record PlaybackEnded(String playback) implements ConversationEvent {}

    /** The voice was held because the caller spoke. */
    record VoiceHeld() implements ConversationEvent {}

    /** The hold was for nothing; the voice goes on. */
    record VoiceResumed(Duration heldFor) implements ConversationEvent {}

    /** The caller has the floor; the rest of the utterance is dropped. */
    record Interrupted(Duration heldFor) implements ConversationEvent {}

    /** A reply was prepared ahead of time, and the caller went on. */
    record SpeculationDiscarded() implements ConversationEvent {}

    /** Two legs hear each other. */
    record Bridged(String bridge, String leg) implements ConversationEvent {}

    /** They don't any more. */
    record Unbridged(String bridge, String leg) implements ConversationEvent {}

    /** The caller was handed to somebody else and the call has left us; its end follows. */
    record HandedOver(String target) implements ConversationEvent {}

    /** Another telephone has taken the far side's place in the call. */
    record Replaced(String leg, Party farSide) implements ConversationEvent {}

    /** Something failed and the conversation went on: which stage, and what it said. */
    record Trouble(Stage stage, String message) implements ConversationEvent {}

    /** The call is over; the last event. */
    record Ended(EndReason reason, String detail) implements ConversationEvent {}

    /** Where trouble can come from. */
    enum Stage {
        HEARING,
        THINKING,
        SPEAKING,
        CONNECTING,
        ENGINE
    }
}
