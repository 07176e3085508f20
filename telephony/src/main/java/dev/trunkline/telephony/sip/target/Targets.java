package dev.trunkline.telephony.sip.target;

import dev.trunkline.telephony.sip.transport.Hop;
import java.util.List;

/**
 * Where a request may go.
 *
 * @param hops in the order in which they are tried, at least one
 * @param fixed whether the transport was asked for, by the URI or by DNS, so that no other may be taken for a long message
 */
public record Targets(List<Hop> hops, boolean fixed) {

    public Targets {
        hops = List.copyOf(hops);
        if (hops.isEmpty()) {
            throw new IllegalArgumentException("no hop");
        }
    }
}
