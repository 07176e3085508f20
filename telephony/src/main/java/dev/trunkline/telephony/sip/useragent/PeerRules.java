package dev.trunkline.telephony.sip.useragent;

/**
 * Who may send requests to an endpoint, and how often. Immutable.
 *
 * @param requestsPerSecond most requests outside calls from one address, 0 for no limit
 */
public record PeerRules(int requestsPerSecond) {

    /** No limit at all. */
    public static final PeerRules EVERYBODY = new PeerRules(0);
}
