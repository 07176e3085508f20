package dev.trunkline.app.config;

/** What carries the messages to a trunk. */
public enum TrunkTransport {
    UDP,
    TCP,
    TLS
}
