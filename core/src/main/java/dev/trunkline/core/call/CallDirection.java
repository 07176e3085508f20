package dev.trunkline.core.call;

/** Who called whom. */
public enum CallDirection {
    /** Somebody called us. */
    INBOUND,
    /** We called somebody. */
    OUTBOUND
}
