package dev.trunkline.core.language;

/** Hears a model. Must not block. */
@FunctionalInterface
public interface GenerationListener {
    void on(GenerationEvent event);
}
