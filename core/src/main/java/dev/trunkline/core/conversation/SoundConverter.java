package dev.trunkline.core.conversation;

import dev.trunkline.core.line.Hearing;
import dev.trunkline.core.speech.Transcription;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;

/**
 * Joins sound of one format to ears of another. The conversation does not know how; whoever assembles it hands in the
 * codecs and resamplers. Thread-safe; what it opens is not.
 */
public interface SoundConverter {

    /** A stream from one format to another; the identity if they are the same. */
    Stream open(AudioFormat from, AudioFormat to);

    /**
     * Frames from a leg, converted for a recogniser. The hearing allocates nothing per frame.
     *
     * @param from the format of the leg's frames
     * @param wanted the format that the recogniser takes
     */
    Hearing into(AudioFormat from, Transcription transcription, AudioFormat wanted);

    /** A conversion under way; keeps the tail of what it was given, as filters must. */
    interface Stream {

        /** Converts the next piece; what comes out may be some milliseconds shorter or longer. */
        AudioChunk convert(AudioChunk chunk);

        /** What is left. The stream may be used again as if new. */
        AudioChunk flush();
    }
}
