package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.transport.AddressRange;
import java.net.InetAddress;
import java.util.List;

/**
 * Who may send requests to an endpoint, and how often. Requests inside calls that run are taken of everybody. Immutable.
 *
 * @param allowed who may call; empty for everybody
 * @param requestsPerSecond most requests outside calls from one address, 0 for no limit; ten times as many from an
 *     address on the list, and of all messages together
 */
public record PeerRules(List<AddressRange> allowed, int requestsPerSecond) {

    /** No limit at all. */
    public static final PeerRules EVERYBODY = new PeerRules(List.of(), 0);

    public PeerRules {
        allowed = List.copyOf(allowed);
        if (requestsPerSecond < 0) {
            throw new IllegalArgumentException("requests a second: " + requestsPerSecond);
        }
    }

    /** Everybody, but no more often than that; 0 for no limit. */
    public static PeerRules atMost(int requestsPerSecond) {
        return new PeerRules(List.of(), requestsPerSecond);
    }

    /** Only these. */
    public PeerRules only(List<AddressRange> peers) {
        return new PeerRules(peers, requestsPerSecond);
    }

    /** True if there is a list and the address is on it. */
    boolean isListed(InetAddress address) {
        return allowed.stream().anyMatch(range -> range.contains(address));
    }

    /** True if there is a list and the address is not on it. */
    boolean isStranger(InetAddress address) {
        return !allowed.isEmpty() && !isListed(address);
    }
}
