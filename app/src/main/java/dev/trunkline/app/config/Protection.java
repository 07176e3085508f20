package dev.trunkline.app.config;

/** Whether sound is protected by SRTP. */
public enum Protection {
    /** Never. */
    OFF,
    /** Where the peer offers it. */
    OPTIONAL,
    /** Always; others are refused. */
    REQUIRED
}
