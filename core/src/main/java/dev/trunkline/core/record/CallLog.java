package dev.trunkline.core.record;

/** Takes down what happens. Thread-safe. */
@FunctionalInterface
public interface CallLog {

    /** Writes an entry. Never blocks and never throws: what can't be stored now is stored later, or counted as lost. */
    void write(CallLogEntry entry);
}
