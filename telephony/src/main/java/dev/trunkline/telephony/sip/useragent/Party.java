package dev.trunkline.telephony.sip.useragent;

/** Who did it. */
public enum Party {
    /** Our side. */
    LOCAL,
    /** The peer or a proxy in between. */
    REMOTE,
    /** Nobody: a time-out or a message that could not be sent. */
    NETWORK
}
