package dev.trunkline.core.line;

import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;

/**
 * The sound of a leg, both ways. Playing is by generation: each utterance of the agent has a number, larger than the one
 * before, and whatever arrives for an older one is dropped. Barge-in is hold, then commit or resume: the media thread alone
 * holds (and says so by {@link LegEvent.PlaybackHeld}), the conversation alone decides.
 *
 * <p>All methods may be called from any thread and return at once; after the leg has ended they do nothing.
 */
public interface Voice {

    /** What {@link #play} takes and {@link Hearing} is given; settled when the leg is answered, not before. */
    AudioFormat format();

    /** Gives every frame of the caller's sound to a listener, from now on; replaces the one before. */
    void hear(Hearing hearing);

    /** Begins an utterance. The one before must have been finished or committed; what is left of it is cleared. */
    void begin(long generation, InterruptionPolicy policy);

    /**
     * Appends sound to an utterance.
     *
     * @return false if it was not taken: an older generation, or the playout buffer is full
     */
    boolean play(long generation, AudioChunk audio);

    /** Says that nothing more comes for this utterance: when the buffer is empty, {@link LegEvent.PlaybackFinished} follows. */
    void finish(long generation);

    /** Pauses the utterance; the buffer stays. Does nothing when it is paused already. */
    void hold(long generation);

    /**
     * Lets a held utterance go on.
     *
     * @param fromSample where to go on, counted from the utterance's begin; at most what has been played. What is no longer
     *     kept begins at the oldest sample that is
     */
    void resume(long generation, long fromSample);

    /** Drops every utterance older than this generation, held or playing, and whatever still comes for them. */
    void commit(long newGeneration);

    /** How far the newest utterance has been played. */
    PlaybackPosition position();

    /** Sends digits 0-9, *, #, A-D to the far side; the voice pauses meanwhile. */
    void sendDigits(String digits);

    /**
     * Joins this leg's sound with another's: each hears the other. A leg joined with itself is an echo. What is said by
     * {@link #play} is heard above it. Both legs must be of the same engine.
     *
     * @throws IllegalArgumentException if the other voice is of another kind
     */
    void join(Voice other);

    /** Ends {@link #join}. Does nothing if there is none. */
    void part();
}
