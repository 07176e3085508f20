package dev.trunkline.core.language;

/** An answer being written. */
public interface Generation {

    /** Stops it, also at the vendor. Idempotent, from any thread. */
    void cancel();
}
