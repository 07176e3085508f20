package dev.trunkline.providers.openai;

import dev.trunkline.core.language.Generation;
import dev.trunkline.core.language.GenerationEvent;
import dev.trunkline.core.language.GenerationListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One answer being written: passes on what comes until it has ended, once; ends it when nothing comes for too long; and
 * closes the connection when it is cancelled, whatever it is waiting for. Thread-safe.
 */
final class StreamingCall implements Generation {

    private static final Logger LOG = System.getLogger(StreamingCall.class.getName());

    private final String name;
    private final GenerationListener listener;
    private final OpenAiSettings.Patience patience;
    private final ScheduledExecutorService clock;
    private final long startedAt = System.nanoTime();
    /** Orders what the listener hears; held while it hears it, so it must not block. */
    private final ReentrantLock order = new ReentrantLock();

    private boolean ended;
    private boolean complete;
    private volatile long lastDataAt;
    private @Nullable Runnable connection;

    StreamingCall(
            String name,
            GenerationListener listener,
            OpenAiSettings.Patience patience,
            ScheduledExecutorService clock) {
        this.name = name;
        this.listener = listener;
        this.patience = patience;
        this.clock = clock;
    }

    /** Begins to watch the time. */
    void watch() {
        watchAgainIn(patience.first().toNanos());
    }

    /** Tells how the connection in use is closed; closed at once if it is already too late. */
    void uses(Runnable closing) {
        order.lock();
        boolean late;
        try {
            connection = closing;
            late = ended;
        } finally {
            order.unlock();
        }
        if (late) {
            closing.run();
        }
    }

    /** Something that counts has come from the server. */
    void data() {
        lastDataAt = System.nanoTime();
    }

    /** The server has said that it is at its end. */
    void complete() {
        order.lock();
        try {
            complete = true;
        } finally {
            order.unlock();
        }
    }

    boolean isComplete() {
        order.lock();
        try {
            return complete;
        } finally {
            order.unlock();
        }
    }

    boolean hasEnded() {
        order.lock();
        try {
            return ended;
        } finally {
            order.unlock();
        }
    }

    void text(String text) {
        if (!text.isEmpty()) {
            tell(new GenerationEvent.Text(text), false);
        }
    }

    void finished(int inputTokens, int outputTokens) {
        tell(new GenerationEvent.Finished(inputTokens, outputTokens), true);
    }

    /** Ends it with an error, unless it has ended already. */
    void failed(String message) {
        if (tell(new GenerationEvent.Failed(message), true)) {
            LOG.log(Level.WARNING, "language model {0}: {1}", name, message);
            close();
        }
    }

    @Override
    public void cancel() {
        order.lock();
        try {
            ended = true;
        } finally {
            order.unlock();
        }
        close();
    }

    private boolean tell(GenerationEvent event, boolean last) {
        order.lock();
        try {
            if (ended) {
                return false;
            }
            ended = last;
            listener.on(event);
            return true;
        } finally {
            order.unlock();
        }
    }

    private void close() {
        Runnable closing;
        order.lock();
        try {
            closing = connection;
            connection = null;
        } finally {
            order.unlock();
        }
        if (closing != null) {
            closing.run();
        }
    }

    private void watchAgainIn(long nanos) {
        var unused = clock.schedule(this::check, Math.max(1, nanos), TimeUnit.NANOSECONDS);
    }

    private void check() {
        if (hasEnded()) {
            return;
        }
        long now = System.nanoTime();
        long last = lastDataAt;
        long left = last == 0
                ? patience.first().toNanos() - (now - startedAt)
                : patience.next().toNanos() - (now - last);
        long leftOfAll = patience.whole().toNanos() - (now - startedAt);
        if (leftOfAll <= 0) {
            failed("the answer took longer than " + text(patience.whole()));
        } else if (left <= 0) {
            failed(
                    last == 0
                            ? "no answer within " + text(patience.first())
                            : "fell silent for " + text(patience.next()));
        } else {
            watchAgainIn(Math.min(left, leftOfAll));
        }
    }

    private static String text(Duration duration) {
        return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }
}
