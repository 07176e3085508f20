package dev.trunkline.media.vad;

import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.handover.SpscRing;
import dev.trunkline.media.vad.VoiceActivityModel.Memory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Judges the windows of all streams on one thread of its own. Windows are collected for up to 8 ms, the less the fewer
 * streams there are, and judged together, at most as many at once as the model takes. A window of digital silence goes
 * by without the model once the model has come to rest on silence.
 */
public final class VoiceActivityService implements AutoCloseable {

    private static final Logger LOG = System.getLogger(VoiceActivityService.class.getName());

    /** With so few streams two windows hardly ever meet within the collecting time, so none waits for another. */
    private static final int STREAMS_WITHOUT_WAITING = 4;

    private static final long COLLECT_NANOS = 8_000_000;
    private static final long COLLECT_NANOS_PER_STREAM = 250_000;
    private static final long NAP_NANOS = 4_000_000;

    /** Half a second of 250 streams. */
    private static final int RING = 4_096;

    private final VoiceActivityModel model;
    private final int window;
    private final int maxBatch;
    private final List<Entrance> entrances = new ArrayList<>();
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicBoolean parked = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closing;

    private final Memory[] memories;
    private final short[][] batchSamples;
    private final VoiceWindow[] batchWindows;
    private final float[] probabilities;
    private long batchNumber;

    private final Counter judged = new Counter();
    private final Counter skipped = new Counter();
    private final Counter batches = new Counter();
    private final Counter nanos = new Counter();
    private final Counter errors = new Counter();

    /**
     * What the service has done.
     *
     * @param windows judged by the model
     * @param skipped digital silence, not judged
     * @param dropped lost because judging did not keep up
     * @param batches calls of the model
     * @param nanos time in the model
     * @param errors exceptions of the model and of listeners
     */
    public record Statistics(long windows, long skipped, long dropped, long batches, long nanos, long errors) {}

    /** Where one media thread puts its windows. */
    public final class Entrance {

        private final SpscRing<VoiceWindow> ring = new SpscRing<>(RING, () -> new VoiceWindow(window));
        private final Counter dropped = new Counter();

        /** Windows at the ring's head that are in the batch; of the voice-activity thread. */
        private int taken;

        private Entrance() {}

        void offer(VoiceStream stream, short[] samples, long endPosition, long arrivalNanos) {
            VoiceWindow slot = ring.claim();
            if (slot == null) {
                dropped.increment();
                return;
            }
            slot.stream = stream;
            slot.endPosition = endPosition;
            slot.arrivalNanos = arrivalNanos;
            System.arraycopy(samples, 0, slot.samples, 0, window);
            ring.publish();
            if (parked.get() && parked.compareAndSet(true, false)) {
                LockSupport.unpark(thread);
            }
        }
    }

    /**
     * Starts the thread.
     *
     * @param model is used by this service alone and closed with it
     * @param mediaThreads how many media threads will give sound
     */
    public VoiceActivityService(VoiceActivityModel model, int mediaThreads) {
        this.model = model;
        window = model.windowSamples();
        maxBatch = model.maxBatch();
        memories = new Memory[maxBatch];
        batchSamples = new short[maxBatch][];
        batchWindows = new VoiceWindow[maxBatch];
        probabilities = new float[maxBatch];
        for (int i = 0; i < mediaThreads; i++) {
            entrances.add(new Entrance());
        }
        thread = Thread.ofPlatform().name("voice-activity").daemon(true).unstarted(this::run);
        thread.start();
    }

    /**
     * Begins to watch a stream.
     *
     * @param mediaThread which of the media threads gives its sound, from 0
     */
    public VoiceStream watch(int mediaThread, VoiceActivitySettings settings, SpeechListener listener) {
        streams.incrementAndGet();
        return new VoiceStream(this, entrances.get(mediaThread), model.newMemory(), window, settings, listener);
    }

    void closed() {
        streams.decrementAndGet();
    }

    private void run() {
        while (!closing) {
            try {
                if (pending() == 0) {
                    rest();
                } else {
                    collect();
                    judgeAll();
                }
            } catch (RuntimeException e) {
                count("voice activity goes on after an error", e);
            }
        }
        model.close();
    }

    private void rest() {
        parked.set(true);
        if (pending() == 0 && !closing) {
            LockSupport.park(this);
        }
        parked.set(false);
    }

    private void collect() {
        int count = streams.get();
        if (count <= STREAMS_WITHOUT_WAITING) {
            return;
        }
        long until = System.nanoTime() + Math.min(COLLECT_NANOS, count * COLLECT_NANOS_PER_STREAM);
        long left = until - System.nanoTime();
        while (left > 0 && pending() < maxBatch && !closing) {
            LockSupport.parkNanos(this, Math.min(left, NAP_NANOS));
            left = until - System.nanoTime();
        }
    }

    private int pending() {
        int sum = 0;
        for (Entrance entrance : entrances) {
            sum += entrance.ring.available();
        }
        return sum;
    }

    private void judgeAll() {
        boolean more = true;
        while (more && !closing) {
            batchNumber++;
            int count = 0;
            for (Entrance entrance : entrances) {
                count = fill(entrance, count);
            }
            if (count > 0) {
                judge(count);
            }
            more = false;
            for (Entrance entrance : entrances) {
                more |= entrance.taken > 0;
                giveBack(entrance);
            }
        }
    }

    /** Takes windows in their order up to the second one of a stream that is already in this batch. */
    private int fill(Entrance entrance, int already) {
        int count = already;
        int available = entrance.ring.available();
        while (entrance.taken < available && count < maxBatch) {
            VoiceWindow slot = entrance.ring.peek(entrance.taken);
            VoiceStream stream = Objects.requireNonNull(slot.stream);
            if (stream.inBatch == batchNumber) {
                break;
            }
            entrance.taken++;
            stream.inBatch = batchNumber;
            if (stream.isClosed()) {
                continue;
            }
            if (stream.passesUnjudged(slot.samples)) {
                skipped.increment();
                tell(stream, slot, stream.probability());
                continue;
            }
            memories[count] = stream.memory();
            batchSamples[count] = slot.samples;
            batchWindows[count] = slot;
            count++;
        }
        return count;
    }

    private static void giveBack(Entrance entrance) {
        for (int i = 0; i < entrance.taken; i++) {
            entrance.ring.peek(i).stream = null;
        }
        entrance.ring.release(entrance.taken);
        entrance.taken = 0;
    }

    private void judge(int count) {
        long before = System.nanoTime();
        try {
            model.infer(memories, batchSamples, probabilities, count);
        } catch (RuntimeException e) {
            count("a batch of voice activity was lost", e);
            return;
        } finally {
            nanos.add(System.nanoTime() - before);
            batches.increment();
        }
        judged.add(count);
        for (int i = 0; i < count; i++) {
            VoiceWindow slot = batchWindows[i];
            tell(Objects.requireNonNull(slot.stream), slot, probabilities[i]);
        }
    }

    private void tell(VoiceStream stream, VoiceWindow slot, float probability) {
        try {
            stream.judged(probability, slot);
        } catch (RuntimeException e) {
            count("a listener of voice activity failed", e);
        }
    }

    private void count(String what, RuntimeException e) {
        errors.increment();
        if (errors.get() == 1) {
            LOG.log(Level.ERROR, what, e);
        }
    }

    /** Figures as of now. */
    public Statistics statistics() {
        long dropped = 0;
        for (Entrance entrance : entrances) {
            dropped += entrance.dropped.get();
        }
        return new Statistics(judged.get(), skipped.get(), dropped, batches.get(), nanos.get(), errors.get());
    }

    /** Ends the thread and closes the model. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
