package dev.trunkline.core.scenario;

/** What became of something that a reply asked for. */
public sealed interface Outcome {

    /**
     * A connection to a person did not come about; the caller is with the agent again.
     *
     * @param reason for the agent's choice of words
     */
    record NotConnected(Reason reason) implements Outcome {}

    /** The person has hung up, and the caller is with the agent again. */
    record PersonLeft() implements Outcome {}

    /** Why nobody could be reached. */
    enum Reason {
        BUSY,
        NO_ANSWER,
        DECLINED,
        /** No person is configured, or the number is unknown or unreachable. */
        UNREACHABLE
    }
}
