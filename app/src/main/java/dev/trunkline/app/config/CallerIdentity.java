package dev.trunkline.app.config;

/** How a trunk is told the number that those see whom we call. */
public enum CallerIdentity {
    /** It is not. */
    NONE,
    /** By P-Preferred-Identity. */
    PREFERRED,
    /** By P-Asserted-Identity. */
    ASSERTED
}
