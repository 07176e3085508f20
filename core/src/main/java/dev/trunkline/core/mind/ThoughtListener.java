package dev.trunkline.core.mind;

/** Hears what a mind thinks. Must not block. */
@FunctionalInterface
public interface ThoughtListener {
    void on(ThoughtEvent event);
}
