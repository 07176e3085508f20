package dev.trunkline.telephony.sip.registration;

/** Whether a peer answers our OPTIONS. */
public enum PeerStatus {
    /** Not asked yet. */
    UNKNOWN,
    /** It does. */
    UP,
    /** Two in a row had no answer. */
    DOWN
}
