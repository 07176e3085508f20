package dev.trunkline.app.engine;

import dev.trunkline.core.line.RejectCause;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Calls that are refused without a trace in the record, because anybody can make thousands of them: counted, and told in the
 * log once a minute for each source and cause. Thread-safe.
 */
final class Refusals {

    private static final Logger LOG = System.getLogger(Refusals.class.getName());

    /** The sender chooses the source, so there is a limit to how many are told apart. */
    private static final int MOST_SOURCES = 64;

    private static final String OTHERS = "others";

    private record Kind(String source, RejectCause cause) {}

    private final Map<Kind, AtomicLong> untold = new ConcurrentHashMap<>();
    private final Consumer<RejectCause> counter;

    /**
     * No refusals yet.
     *
     * @param counter told of each
     */
    Refusals(Consumer<RejectCause> counter) {
        this.counter = counter;
    }

    /**
     * One more. The first of its source and cause is told at once.
     *
     * @param from the caller's address
     * @param dialled whom they asked for
     */
    void refused(String from, String dialled, RejectCause cause, String detail) {
        counter.accept(cause);
        Kind kind = new Kind(source(from), cause);
        if (!untold.containsKey(kind) && untold.size() >= MOST_SOURCES) {
            kind = new Kind(OTHERS, cause);
        }
        AtomicLong since = untold.putIfAbsent(kind, new AtomicLong());
        if (since == null) {
            LOG.log(
                    Level.INFO,
                    "call refused source={0} cause={1} detail={2} dialled={3}",
                    Quoted.value(kind.source()),
                    cause,
                    Quoted.value(detail),
                    Quoted.value(dialled));
        } else {
            since.incrementAndGet();
        }
    }

    /** To be called every minute: tells what was not told. */
    void tell() {
        untold.forEach((kind, since) -> {
            long count = since.getAndSet(0);
            if (count == 0) {
                untold.remove(kind);
            } else {
                LOG.log(
                        Level.INFO,
                        "more calls refused source={0} cause={1} count={2}",
                        Quoted.value(kind.source()),
                        kind.cause(),
                        Long.toString(count));
            }
        });
    }

    /** The host of the address. */
    private static String source(String from) {
        String host = from.substring(from.lastIndexOf('@') + 1);
        return host.length() > 64 ? host.substring(0, 64) : host;
    }
}
