package dev.trunkline.models.pool;

/** What goes first on the models' threads; earlier constants before later ones. */
public enum Priority {
    /** A caller has stopped speaking and waits for an answer. */
    FINAL,
    /** A caller waits for the first sound of an answer. */
    FIRST_SPEECH,
    /** More of what is being said already. */
    REST_OF_SPEECH,
    /** A guess at what is being said right now; the first to be left out. */
    PARTIAL
}
