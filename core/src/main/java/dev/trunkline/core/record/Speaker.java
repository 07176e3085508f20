package dev.trunkline.core.record;

/** Whose turn it was. */
public enum Speaker {
    CALLER,
    AGENT
}
