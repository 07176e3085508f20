package dev.trunkline.app.reception;

import dev.trunkline.core.scenario.Session;

/**
 * One turn of the caller with all that is known of it.
 *
 * @param session the call
 * @param notes what is remembered of it
 * @param text what was said
 * @param heard what it seems to want
 */
record Turn(Session session, Notes notes, String text, Understood heard) {

    int words() {
        return heard.words().size();
    }
}
