package dev.trunkline.media.engine;

/** Is told what happens on a session; called on media threads, several of them, and must not block. */
@FunctionalInterface
public interface MediaSessionListener {

    /** Something happened. An exception is counted and logged, and nothing else becomes of it. */
    void on(MediaEvent event);
}
