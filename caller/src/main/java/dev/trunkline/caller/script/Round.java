package dev.trunkline.caller.script;

/** What goes out in one round of 20 ms. */
public sealed interface Round {

    /** Nothing to say: silence goes out. */
    record Silence() implements Round {}

    /**
     * A frame of speech; beyond the end of the array it is silence.
     *
     * @param pcm the whole step's samples
     * @param offset where this frame begins
     */
    record Voice(short[] pcm, int offset) implements Round {}

    /**
     * One round of a key being pressed.
     *
     * @param digit which
     * @param round 0 for the first
     * @param last whether the key is released in this round
     */
    record Key(char digit, int round, boolean last) implements Round {}

    /** A key is to be sent by INFO; silence goes out. */
    record InfoKey(char digit) implements Round {}

    /** The caller hangs up. */
    record HangUp(String why) implements Round {}

    /** Silence. */
    Round SILENCE = new Silence();
}
