package dev.trunkline.acceptance.table;

/** Somebody on the other end of the line. */
public enum Peer {
    OWN_CALLER("`./trunkline call`"),
    SIPP("SIPp"),
    BARESIP("baresip"),
    ASTERISK_TRUNK("Asterisk, as a trunk"),
    ASTERISK_REGISTRAR("Asterisk, registered with"),
    KAMAILIO("Kamailio in front");

    private final String title;

    Peer(String title) {
        this.title = title;
    }

    /** As the table has it. */
    public String title() {
        return title;
    }
}
