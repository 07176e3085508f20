package dev.trunkline.core.mind;

/** A thought under way. */
@FunctionalInterface
public interface Thinking {

    /** Stops it. Idempotent, from any thread; events under way may still come. */
    void cancel();
}
