package dev.trunkline.media.playout;

/** Is told how the playout goes, on the thread that takes the frames; must not block. */
public interface PlayoutListener {

    /** The first frame of an utterance that is not digital silence has been sent. */
    void started(long generation);

    /** The utterance that sounds was paused. */
    void held(PlaybackPosition position);

    /** The last sample of a finished utterance has been sent. */
    void finished(PlaybackPosition position);

    /** An utterance of which something had been sent was thrown away. */
    void cleared(PlaybackPosition position);
}
