package dev.trunkline.app.stub;

import dev.trunkline.core.speech.TranscriptEvent;
import dev.trunkline.core.speech.TranscriptListener;
import dev.trunkline.core.speech.Transcription;
import dev.trunkline.media.tone.CallSign;
import dev.trunkline.media.tone.CallSignReader;
import dev.trunkline.media.tone.CallSignTones;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The pretended recognition of one caller. The media thread writes what it hears into a ring and publishes how far; the
 * sound is searched on the executor when the caller pauses, long before the ring comes round.
 */
final class StubTranscription implements Transcription {

    /** Frames of 20 ms: five seconds. */
    private static final int FRAMES = 250;

    private static final int FRAME = CallSignTones.FRAME;

    /** Frames that the media thread may write while the others are read. */
    private static final int AHEAD = 50;

    private final Executor executor;
    private final TranscriptListener listener;
    private final ReentrantLock telling = new ReentrantLock();

    // written by the media thread alone, and read up to what it has published
    private final short[] ring = new short[FRAMES * FRAME];
    private long written;
    private volatile long published;

    private volatile long turnStart;
    private volatile boolean closed;

    StubTranscription(Executor executor, TranscriptListener listener) {
        this.executor = executor;
        this.listener = listener;
    }

    @Override
    public void hear(byte[] audio, int offset, int length, long streamMillis) {
        int at = (int) (written % ring.length);
        for (int i = offset; i + 1 < offset + length; i += 2) {
            ring[at] = (short) ((audio[i + 1] << 8) | (audio[i] & 0xFF));
            at = at + 1 == ring.length ? 0 : at + 1;
        }
        written += length / 2;
        published = written;
    }

    @Override
    public void speechStarted(long streamMillis) {
        // what matters is where the turn began
    }

    @Override
    public void speechStopped(long streamMillis) {
        executor.execute(() -> tell(streamMillis));
    }

    private void tell(long upToMillis) {
        telling.lock();
        try {
            if (!closed) {
                listener.on(new TranscriptEvent.Hypothesis(words(), true, upToMillis, 1));
            }
        } finally {
            telling.unlock();
        }
    }

    /** The signs in this turn's sound, each once. */
    private String words() {
        long end = published / FRAME;
        long oldest = end - FRAMES + AHEAD;
        CallSignReader reader = new CallSignReader();
        Set<CallSign> signs = new LinkedHashSet<>();
        for (long frame = Math.max(Math.max(turnStart, oldest), 0); frame < end; frame++) {
            reader.frame(CallSignTones.find(ring, (int) (frame % FRAMES) * FRAME))
                    .ifPresent(signs::add);
        }
        return signs.stream()
                .map(sign -> "caller " + sign.caller() + " turn " + sign.turn())
                .collect(Collectors.joining(", "));
    }

    @Override
    public void turnTaken() {
        turnStart = published / FRAME;
    }

    @Override
    public void close() {
        telling.lock();
        try {
            closed = true;
        } finally {
            telling.unlock();
        }
    }
}
