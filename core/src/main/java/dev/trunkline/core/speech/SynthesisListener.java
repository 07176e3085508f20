package dev.trunkline.core.speech;

/** Hears a voice. Must not block. */
@FunctionalInterface
public interface SynthesisListener {
    void on(SynthesisEvent event);
}
