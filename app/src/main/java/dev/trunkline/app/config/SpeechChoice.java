package dev.trunkline.app.config;

/** Which services hear and speak. */
public enum SpeechChoice {
    /** The models in the process. */
    LOCAL,
    /** Services that only pretend, for measuring everything else. */
    STUB
}
