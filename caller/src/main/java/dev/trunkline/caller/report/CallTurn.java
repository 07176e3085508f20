package dev.trunkline.caller.report;

import dev.trunkline.sound.AudioChunk;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One turn as the caller's side knows it.
 *
 * @param speaker whose it was
 * @param text what was said: the script's words, the file, the keys; of the agent what was recognised, null if nobody listened
 * @param start first audible packet, since the answer
 * @param end last audible packet, since the answer
 * @param latency the caller's last packet with speech to the first audible packet of this answer; of a greeting, the answer
 *     of the call to it; null for the caller's turns, and where the two overlapped
 * @param unanswered whether the agent stayed silent after this turn of the caller
 * @param audio the sound of it, 8 kHz
 */
public record CallTurn(
        Speaker speaker,
        @Nullable String text,
        Duration start,
        Duration end,
        @Nullable Duration latency,
        boolean unanswered,
        AudioChunk audio) {

    /** Whose turn it was. */
    public enum Speaker {
        CALLER,
        AGENT
    }

    /** The same with its words. */
    public CallTurn withText(String words) {
        return new CallTurn(speaker, words, start, end, latency, unanswered, audio);
    }

    /** What was said, or nothing if that is unknown. */
    public String words() {
        return text == null ? "" : text;
    }
}
