package dev.trunkline.media.rtp;

/** The event codes of RFC 4733 for telephone keys. */
final class TelephoneEvents {

    static final int PAYLOAD = 4;
    static final int LONGEST = 0xFFFF;

    private static final String KEYS = "0123456789*#ABCD!";

    private TelephoneEvents() {}

    /** The key, or 0 for an event that is none. */
    static char key(int event) {
        return event < KEYS.length() ? KEYS.charAt(event) : 0;
    }

    /** The event code, or -1 if it is no key. */
    static int event(char key) {
        return KEYS.indexOf(key >= 'a' && key <= 'd' ? (char) (key - 'a' + 'A') : key);
    }
}
