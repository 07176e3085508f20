package dev.trunkline.acceptance.table;

/** Something that the two ends of a line must agree on. */
public enum Behaviour {
    CALL("call", "it is called or calls, words are recognised, it is ended"),
    HOLD("hold", "the peer holds the line and takes it back"),
    DTMF("keys", "keys pressed at the peer arrive, each once"),
    CANCEL("CANCEL", "a call is given up before it is answered"),
    EARLY_MEDIA("early media", "sound flows before the answer"),
    TRANSFER("transfer", "REFER, by one side or the other"),
    REINVITE("re-INVITE", "a renewed or changed description in a running call"),
    PCMU("PCMU", "words recognised through that codec"),
    PCMA("PCMA", "words recognised through that codec"),
    G722("G.722", "words recognised through that codec"),
    OPUS("Opus", "words recognised through that codec"),
    TCP("TCP", "signalling over TCP"),
    TLS("TLS", "signalling over TLS; with baresip and Asterisk sound by SRTP too");

    private final String title;
    private final String meaning;

    Behaviour(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    /** As the table has it. */
    public String title() {
        return title;
    }

    /** What its tests show. */
    public String meaning() {
        return meaning;
    }
}
