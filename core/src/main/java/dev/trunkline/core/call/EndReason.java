package dev.trunkline.core.call;

/** Why a call ended, as the record keeps it. */
public enum EndReason {
    /** The far side hung up. */
    CALLER_HUNG_UP,
    /** The agent said goodbye and hung up. */
    AGENT_HUNG_UP,
    /** The caller gave up before an answer. */
    CANCELLED,
    /** We refused it: busy, unknown, unavailable. */
    REFUSED,
    /** The far side refused it or was busy. */
    DECLINED,
    /** Nobody answered. */
    NO_ANSWER,
    /** No sound came for too long. */
    MEDIA_TIMEOUT,
    /** The caller stayed silent through every prompt. */
    CALLER_SILENT,
    /** The longest duration allowed was reached. */
    MAX_DURATION,
    /** The caller was connected to somebody, and that talk ended. */
    TRANSFERRED,
    /** The server was stopped. */
    SHUTDOWN,
    /** An operator or the API ended it. */
    OPERATOR,
    /** Something failed; the log tells what. */
    FAILED,
    /** The server died in the call; closed at its next start. */
    CRASH
}
