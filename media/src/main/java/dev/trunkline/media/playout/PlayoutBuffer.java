package dev.trunkline.media.playout;

import dev.trunkline.media.handover.Counter;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.Encoding;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The voice of one call between those who make it and the one thread that sends it. Producers hand over what they want
 * in a lock-free queue (among themselves they take a lock, which the sending thread never does); the sending thread works
 * it off at the beginning of each frame. Taking a frame allocates nothing.
 */
public final class PlayoutBuffer implements Playout {

    /** What a frame was made of. */
    public enum Frame {
        /** Nothing is to be said. */
        IDLE,
        /** The utterance is held. */
        HELD,
        /** In the middle of an utterance nothing was there. */
        UNDERRUN,
        /** Sound of an utterance. */
        SOUND
    }

    private static final int NARROW = 8_000;

    /** Speech of the caller is judged at this rate. */
    private static final int JUDGED_RATE = 8_000;

    private sealed interface Order {}

    private record Begin(Utterance utterance) implements Order {}

    private record Play(long generation, AudioChunk chunk) implements Order {}

    private record Finish(long generation) implements Order {}

    private record Hold(long generation) implements Order {}

    private record Resume(long generation, long fromSample) implements Order {}

    private record Commit(long generation) implements Order {}

    private final Duration capacity;
    private final IntSupplier settledRate;
    private final PlayoutListener listener;
    private final ConcurrentLinkedQueue<Order> orders = new ConcurrentLinkedQueue<>();
    private final AtomicLong buffered = new AtomicLong();
    private final PositionCell position = new PositionCell();

    // of the producers, under the lock
    private final ReentrantLock producers = new ReentrantLock();
    private final Set<Long> open = new HashSet<>();
    private long lastBegun;
    private long committed;
    private final Counter refusedOld = new Counter();
    private final Counter refusedFull = new Counter();

    // between the voice-activity thread and the sending thread
    private volatile @Nullable HoldTarget holdTarget;
    private volatile @Nullable HoldTarget holdWanted;

    // of the sending thread
    private final ArrayDeque<Utterance> utterances = new ArrayDeque<>();
    private boolean held;
    private @Nullable Utterance startedNow;
    private @Nullable Utterance drainedNow;
    private final Counter underruns = new Counter();
    private final Counter silentFrames = new Counter();

    /** Empty, for sound at 8 kHz of which that much may wait. */
    public PlayoutBuffer(Duration capacity, PlayoutListener listener) {
        this(capacity, () -> NARROW, listener);
    }

    /**
     * Empty.
     *
     * @param capacity sound that may wait
     * @param settledRate tells the rate in Hz of all that is played; asked once something is, always answered the same
     */
    public PlayoutBuffer(Duration capacity, IntSupplier settledRate, PlayoutListener listener) {
        this.capacity = capacity;
        this.settledRate = settledRate;
        this.listener = listener;
    }

    @Override
    public boolean begin(long generation, InterruptionPolicy policy) {
        Objects.requireNonNull(policy, "policy");
        producers.lock();
        try {
            if (generation <= lastBegun || generation < committed) {
                refusedOld.increment();
                return false;
            }
            lastBegun = generation;
            open.add(generation);
            orders.add(new Begin(new Utterance(generation, settledRate.getAsInt(), policy)));
            return true;
        } finally {
            producers.unlock();
        }
    }

    @Override
    public boolean play(long generation, AudioChunk chunk) {
        int rate = settledRate.getAsInt();
        if (chunk.format().sampleRate() != rate || chunk.format().channels() != 1) {
            throw new IllegalArgumentException("not one channel at " + rate + " Hz: " + chunk.format());
        }
        producers.lock();
        try {
            if (!open.contains(generation)) {
                refusedOld.increment();
                return false;
            }
            if (buffered.get() + chunk.samples() > chunk.format().samplesIn(capacity)) {
                refusedFull.increment();
                return false;
            }
            buffered.addAndGet(chunk.samples());
            orders.add(new Play(generation, chunk));
            return true;
        } finally {
            producers.unlock();
        }
    }

    @Override
    public void finish(long generation) {
        producers.lock();
        try {
            if (open.remove(generation)) {
                orders.add(new Finish(generation));
            }
        } finally {
            producers.unlock();
        }
    }

    @Override
    public void hold(long generation) {
        orders.add(new Hold(generation));
    }

    @Override
    public void resume(long generation, long fromSample) {
        orders.add(new Resume(generation, fromSample));
    }

    @Override
    public void commit(long newGeneration) {
        producers.lock();
        try {
            if (newGeneration > committed) {
                committed = newGeneration;
            }
            open.removeIf(generation -> generation < newGeneration);
            orders.add(new Commit(newGeneration));
        } finally {
            producers.unlock();
        }
    }

    @Override
    public PlaybackPosition position() {
        return position.get();
    }

    @Override
    public long bufferedSamples() {
        return buffered.get();
    }

    /** Chunks and utterances that were refused because they were old, unknown or finished. */
    public long refusedOld() {
        return refusedOld.get();
    }

    /** Chunks that were refused because the buffer was full. */
    public long refusedFull() {
        return refusedFull.get();
    }

    /** Times that an utterance ran dry before it was finished. */
    public long underruns() {
        return underruns.get();
    }

    /** Frames without sound inside utterances because of that. */
    public long silentFrames() {
        return silentFrames.get();
    }

    /** What the caller's speech would hold now; null if nothing. Any thread. */
    public @Nullable HoldTarget holdTarget() {
        return holdTarget;
    }

    /** Pauses with the next frame if that stretch still sounds. Any thread. */
    public void hold(HoldTarget target) {
        holdWanted = target;
    }

    /**
     * Takes the next frame; only for the sending thread.
     *
     * @param out takes the samples if there is sound; the end of an utterance is filled up with silence
     * @param at index in out, in samples
     * @param samples wanted
     * @param law in which the samples are wanted
     */
    public Frame take(byte[] out, int at, int samples, Encoding law) {
        obey();
        Utterance utterance = utterances.peekFirst();
        while (utterance != null && utterance.finished && utterance.available() == 0 && !held) {
            end(utterance);
            utterance = utterances.peekFirst();
        }
        if (utterance == null) {
            return Frame.IDLE;
        }
        if (held) {
            return Frame.HELD;
        }
        if (utterance.available() < samples && !utterance.finished) {
            return starve(utterance);
        }
        return sound(utterance, out, at, samples, law);
    }

    private Frame starve(Utterance utterance) {
        if (utterance.played() == 0) {
            return Frame.IDLE;
        }
        if (!utterance.starved) {
            utterance.starved = true;
            underruns.increment();
        }
        silentFrames.increment();
        return Frame.UNDERRUN;
    }

    private Frame sound(Utterance utterance, byte[] out, int at, int samples, Encoding law) {
        if (utterance.played() == 0) {
            watch(utterance);
        }
        utterance.starved = false;
        int taken = utterance.take(out, at, samples, law);
        Laws.silence(law, out, at + taken, samples - taken);
        buffered.addAndGet(-taken);
        position.set(utterance.generation, utterance.played(), false);
        if (!utterance.announced && Laws.sounds(law, out, at, taken)) {
            utterance.announced = true;
            startedNow = utterance;
        }
        if (utterance.finished && utterance.available() == 0) {
            drainedNow = utterance;
        }
        return Frame.SOUND;
    }

    /** The frame taken last has been sent: tells the listener what came about by it. Only for the sending thread. */
    public void sent() {
        Utterance started = startedNow;
        if (started != null) {
            startedNow = null;
            listener.started(started.generation);
        }
        Utterance drained = drainedNow;
        if (drained != null) {
            drainedNow = null;
            if (utterances.peekFirst() == drained) {
                end(drained);
            }
        }
    }

    private void end(Utterance utterance) {
        utterances.removeFirst();
        drainedNow = null;
        holdTarget = null;
        listener.finished(new PlaybackPosition(utterance.generation, utterance.played(), false));
    }

    private void obey() {
        HoldTarget wanted = holdWanted;
        if (wanted != null) {
            holdWanted = null;
            if (wanted == holdTarget) {
                pause();
            }
        }
        Order order = orders.poll();
        while (order != null) {
            carryOut(order);
            order = orders.poll();
        }
    }

    private void carryOut(Order order) {
        switch (order) {
            case Begin(Utterance utterance) -> utterances.addLast(utterance);
            case Play(long generation, AudioChunk chunk) -> append(generation, chunk);
            case Finish(long generation) -> {
                Utterance utterance = find(generation);
                if (utterance != null) {
                    utterance.finished = true;
                }
            }
            case Hold(long generation) -> {
                if (sounds(generation) && !held) {
                    pause();
                }
            }
            case Resume(long generation, long fromSample) -> {
                if (sounds(generation) && held) {
                    goOn(fromSample);
                }
            }
            case Commit(long generation) -> clearOlderThan(generation);
        }
    }

    private void append(long generation, AudioChunk chunk) {
        Utterance utterance = find(generation);
        if (utterance == null) {
            buffered.addAndGet(-chunk.samples());
        } else {
            utterance.append(chunk);
        }
    }

    private void pause() {
        Utterance utterance = utterances.peekFirst();
        if (utterance == null) {
            return;
        }
        held = true;
        holdTarget = null;
        position.set(utterance.generation, utterance.played(), true);
        listener.held(new PlaybackPosition(utterance.generation, utterance.played(), true));
    }

    private void goOn(long fromSample) {
        Utterance utterance = utterances.getFirst();
        held = false;
        buffered.addAndGet(utterance.rewind(fromSample));
        position.set(utterance.generation, utterance.played(), false);
        if (utterance.played() > 0) {
            watch(utterance);
        }
    }

    private void clearOlderThan(long generation) {
        Utterance utterance = utterances.peekFirst();
        while (utterance != null && utterance.generation < generation) {
            utterances.removeFirst();
            buffered.addAndGet(-utterance.available());
            holdTarget = null;
            held = false;
            if (utterance.played() > 0) {
                PlaybackPosition last = new PlaybackPosition(utterance.generation, utterance.played(), false);
                position.set(last.generation(), last.samplesPlayed(), false);
                listener.cleared(last);
            }
            utterance = utterances.peekFirst();
        }
    }

    private void watch(Utterance utterance) {
        InterruptionPolicy policy = utterance.policy;
        holdTarget = policy.interruptible()
                ? new HoldTarget(utterance.generation, policy.holdAfter().toMillis() * JUDGED_RATE / 1_000)
                : null;
    }

    private boolean sounds(long generation) {
        Utterance utterance = utterances.peekFirst();
        return utterance != null && utterance.generation == generation;
    }

    private @Nullable Utterance find(long generation) {
        for (Utterance utterance : utterances) {
            if (utterance.generation == generation) {
                return utterance;
            }
        }
        return null;
    }
}
