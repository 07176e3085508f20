package dev.trunkline.core.scenario;

/**
 * An agent in plain Java: one class says what to answer when a call begins, when the caller has spoken, pressed keys, or
 * kept silent. One object serves all calls, so it keeps nothing of a call in fields: what it must remember goes into {@link
 * Session#memory()}.
 *
 * <p>A hook does nothing itself; it returns a {@link Reply} that says what is to be done. So the engine may ask it ahead of
 * time, while the caller only seems to have finished, and throw the answer away (with all that was put into memory) if the
 * caller goes on. A hook may block, for a look-up say: it runs on a virtual thread of its own.
 *
 * <pre>{@code
 * public final class Weather implements Scenario {
 *     public Reply onCallStart(Session session) {
 *         return Reply.ask("Good day. For which town would you like the weather?");
 *     }
 *
 *     public Reply onTranscript(Session session, String text) {
 *         return text.contains("goodbye")
 *                 ? Reply.say("Goodbye.").hangUp()
 *                 : Reply.ask("It is sunny in " + text + ". Which other town?");
 *     }
 * }
 * }</pre>
 */
public interface Scenario {

    /** The call is answered: the greeting. */
    Reply onCallStart(Session session);

    /** The caller has said something. */
    Reply onTranscript(Session session, String text);

    /**
     * The caller has pressed keys: all that were collected when a reply expected digits, else one.
     *
     * @param digits 0-9, *, #, A-D; without the closing #
     */
    default Reply onDtmf(Session session, String digits) {
        return Reply.nothing();
    }

    /**
     * The caller keeps silent.
     *
     * @param prompt 1 for the first time since they last spoke, 2 for the second
     */
    default Reply onSilence(Session session, int prompt) {
        return Reply.ask(prompt == 1 ? "Are you still there?" : "I can't hear you. Please say something.");
    }

    /** Something that a reply asked for is done, or failed: a connection to a person. */
    default Reply onOutcome(Session session, Outcome outcome) {
        return Reply.nothing();
    }

    /** The call is over. The reply of this hook is nothing: nobody hears it. */
    default void onCallEnd(Session session) {}
}
