package dev.trunkline.core.line;

/** Why we do not take a call; each channel says it in its own code (the SIP code is named). */
public enum RejectCause {
    /** Nobody has that number (404). */
    NOT_FOUND,
    /** The agent has no free place (486). */
    BUSY,
    /** The server is being stopped or cannot serve now (503, with a time to come back). */
    UNAVAILABLE,
    /** It is not wanted (603). */
    DECLINED,
    /** Something failed here (500). */
    FAILED
}
