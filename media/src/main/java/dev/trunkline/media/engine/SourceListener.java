package dev.trunkline.media.engine;

/** Hears of those who begin to send to a shared port; called on a media thread, must not block. */
@FunctionalInterface
public interface SourceListener {

    /** Somebody is new; told once. Who is not accepted is not heard. */
    void appeared(NewSource source);
}
