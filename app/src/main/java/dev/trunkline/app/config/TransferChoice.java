package dev.trunkline.app.config;

/** How callers get to a person. */
public enum TransferChoice {
    /** We call the person and stay in between. */
    BRIDGE,
    /** The caller's side is asked to go there; if it can't, the caller stays with the agent. */
    REFER,
    /** The caller's side is asked, and where it can't we stay in between. */
    AUTO
}
