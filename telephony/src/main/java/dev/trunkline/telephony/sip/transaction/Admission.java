package dev.trunkline.telephony.sip.transaction;

/** What becomes of a request before anything is remembered of it. */
public enum Admission {
    /** It gets a transaction. */
    ADMITTED,
    /** It is answered 503 with Retry-After. */
    REFUSED,
    /** It is as if it had not come. */
    DROPPED
}
