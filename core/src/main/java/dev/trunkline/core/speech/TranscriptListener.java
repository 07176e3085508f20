package dev.trunkline.core.speech;

/** Hears a recogniser. Must not block. */
@FunctionalInterface
public interface TranscriptListener {
    void on(TranscriptEvent event);
}
