package dev.trunkline.app.config;

/** From which weight on log lines are written. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
}
