package dev.trunkline.app.config;

/** How log lines are written. */
public enum LogFormat {
    /** For people: a time, a level, words, {@code key=value}. */
    TEXT,
    /** For machines: one JSON object a line. */
    JSON
}
