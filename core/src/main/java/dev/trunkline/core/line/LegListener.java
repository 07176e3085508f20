package dev.trunkline.core.line;

/** Hears what happens on a leg. Called on the channel's and media's threads, in order for each of them: must not block. */
@FunctionalInterface
public interface LegListener {
    void on(LegEvent event);
}
