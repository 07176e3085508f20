package dev.trunkline.app.config;

/** Which of the recognition models that come with the server is used. */
public enum RecognitionModel {
    /** Quick: 28 MB. */
    TINY,
    /** More exact and twice as slow: 63 MB. */
    BASE
}
