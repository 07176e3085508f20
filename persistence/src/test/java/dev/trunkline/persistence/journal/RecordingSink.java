package dev.trunkline.persistence.journal;

import dev.trunkline.core.record.CallLogEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A database of a test: remembers what it took, and can be away, slow, or die just after it stored. */
final class RecordingSink implements RecordSink {

    private final List<CallLogEntry> stored = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();
    private boolean away;
    private int failuresAfterStoring;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    synchronized void away(boolean now) {
        away = now;
    }

    /** The next so many batches are stored, and the answer is lost. */
    synchronized void failAfterStoring(int batches) {
        failuresAfterStoring = batches;
    }

    /** Holds every batch until the gate is opened. */
    CountDownLatch block() {
        gate = new CountDownLatch(1);
        return gate;
    }

    synchronized List<CallLogEntry> stored() {
        return List.copyOf(stored);
    }

    /** "closed node" and the number of entries of each batch, in order. */
    synchronized List<String> happened() {
        return List.copyOf(happened);
    }

    @Override
    public int store(List<CallLogEntry> entries) throws SinkAwayException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new SinkAwayException("interrupted", e);
        }
        synchronized (this) {
            check();
            stored.addAll(entries);
            happened.add("stored " + entries.size());
            if (failuresAfterStoring > 0) {
                failuresAfterStoring--;
                throw new SinkAwayException("the connection broke", new IOException());
            }
            return 0;
        }
    }

    @Override
    public synchronized int closeAbandoned(String node) throws SinkAwayException {
        check();
        happened.add("closed " + node);
        return 0;
    }

    private void check() throws SinkAwayException {
        if (away) {
            throw new SinkAwayException("away", new IOException());
        }
    }
}
