package dev.trunkline.telephony.sip.transport;

/** What carries SIP messages; the names are those of Via. */
public enum TransportProtocol {
    /** Datagrams: the transactions retransmit. */
    UDP(false, 5_060),
    /** A stream per peer. */
    TCP(true, 5_060),
    /** An encrypted stream per peer. */
    TLS(true, 5_061);

    private final boolean reliable;
    private final int defaultPort;

    TransportProtocol(boolean reliable, int defaultPort) {
        this.reliable = reliable;
        this.defaultPort = defaultPort;
    }

    /** True if nothing needs to be retransmitted. */
    public boolean isReliable() {
        return reliable;
    }

    /** The port of a URI that names none. */
    public int defaultPort() {
        return defaultPort;
    }
}
