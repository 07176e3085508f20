package dev.trunkline.models.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A small, fixed number of platform threads for the models, with a queue for each {@link Priority}: a thread takes the oldest
 * task of the first priority that has one. Work that has begun is not interrupted; long work of low priority asks {@link
 * #wanted} now and then and gives up.
 *
 * <p>Thread-safe. A task that throws is logged and does not end its thread.
 */
public final class ModelPool implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ModelPool.class.getName());
    private static final Priority[] ORDER = Priority.values();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final List<ArrayDeque<ModelTask>> queues = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private int idle;
    private boolean closed;
    private long done;
    private long failed;

    /**
     * Starts the threads.
     *
     * @param threadCount 1 or more
     */
    public ModelPool(int threadCount) {
        if (threadCount < 1) {
            throw new IllegalArgumentException("threads: " + threadCount);
        }
        for (int i = 0; i < ORDER.length; i++) {
            queues.add(new ArrayDeque<>());
        }
        for (int i = 0; i < threadCount; i++) {
            threads.add(Thread.ofPlatform().name("models-" + i).daemon().start(this::run));
        }
    }

    /** All cores but one, which is left to the media threads. */
    public static int defaultThreads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }

    /**
     * Queues work. Returns at once.
     *
     * @throws IllegalStateException if the pool is closed
     */
    public ModelTask submit(Priority priority, Runnable job) {
        ModelTask task = new ModelTask(this, priority, job);
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the models are shut down");
            }
            queues.get(priority.ordinal()).add(task);
            work.signal();
        } finally {
            lock.unlock();
        }
        return task;
    }

    boolean remove(ModelTask task) {
        lock.lock();
        try {
            boolean removed = queues.get(task.priority().ordinal()).remove(task);
            if (removed) {
                task.forget();
            }
            return removed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether a task of a higher priority waits for a thread, so that work of this priority had better not begin, or stop.
     * Cheap enough to be asked every millisecond.
     */
    public boolean wanted(Priority than) {
        lock.lock();
        try {
            for (int i = 0; i < than.ordinal(); i++) {
                if (queues.get(i).size() > idle) {
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The number of tasks of a priority that wait for a thread. */
    public int waiting(Priority priority) {
        lock.lock();
        try {
            return queues.get(priority.ordinal()).size();
        } finally {
            lock.unlock();
        }
    }

    /** The number of its threads. */
    public int threads() {
        return threads.size();
    }

    /** The number of threads that are at work. */
    public int busy() {
        lock.lock();
        try {
            return threads.size() - idle;
        } finally {
            lock.unlock();
        }
    }

    /** Tasks that have ended since the start, those that failed included. */
    public long done() {
        lock.lock();
        try {
            return done;
        } finally {
            lock.unlock();
        }
    }

    /** Tasks that have thrown since the start. */
    public long failed() {
        lock.lock();
        try {
            return failed;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        ModelTask task = take();
        while (task != null) {
            boolean failure = !runSafely(task);
            lock.lock();
            try {
                done++;
                failed += failure ? 1 : 0;
            } finally {
                lock.unlock();
            }
            task = take();
        }
    }

    private static boolean runSafely(ModelTask task) {
        try {
            task.begin().run();
            return true;
        } catch (Throwable e) {
            // whatever a model's library throws, the next call's work must still be done
            LOG.log(System.Logger.Level.ERROR, "models: a task of priority " + task.priority() + " failed", e);
            return false;
        }
    }

    private @Nullable ModelTask take() {
        lock.lock();
        try {
            idle++;
            while (true) {
                for (ArrayDeque<ModelTask> queue : queues) {
                    ModelTask task = queue.poll();
                    if (task != null) {
                        return task;
                    }
                }
                if (closed) {
                    return null;
                }
                work.awaitUninterruptibly();
            }
        } finally {
            idle--;
            lock.unlock();
        }
    }

    /** Ends the threads after what they are at; what waits is dropped. Waits up to five seconds for them. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queues.forEach(queue -> {
                queue.forEach(ModelTask::forget);
                queue.clear();
            });
            work.signalAll();
        } finally {
            lock.unlock();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        for (Thread thread : threads) {
            try {
                thread.join(java.time.Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
