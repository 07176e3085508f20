package dev.trunkline.caller.report;

/** What became of an attempt to call. */
public sealed interface Outcome {

    /** It was answered and went its way. */
    record Answered() implements Outcome {}

    /**
     * It was refused.
     *
     * @param code SIP status, 300 to 699
     * @param reason the far side's words for it
     */
    record Refused(int code, String reason) implements Outcome {}

    /**
     * It never came to an answer: nobody there, an answer that makes no sense.
     *
     * @param message one line for a person
     */
    record Failed(String message) implements Outcome {}
}
