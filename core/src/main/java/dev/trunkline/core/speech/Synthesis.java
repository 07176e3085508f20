package dev.trunkline.core.speech;

/** A text being spoken. */
public interface Synthesis {

    /** Stops it. Events that are under way may still come; none begins afterwards. Idempotent, from any thread. */
    void cancel();
}
