package dev.trunkline.telephony.sip.transaction;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** What the server transactions take up, in all and for each address. SIP thread only. */
final class ServerLoad {

    private static final class Share {
        private int transactions;
        private long bytes;
    }

    private final ServerLimits limits;
    private final Map<InetAddress, Share> shares = new HashMap<>();
    private int transactions;
    private long bytes;

    ServerLoad(ServerLimits limits) {
        this.limits = limits;
    }

    /** True if a request that belongs to nothing known may still be taken from there. */
    boolean admits(InetAddress source) {
        if (transactions >= limits.transactions() || bytes >= limits.bytes()) {
            return false;
        }
        Share share = shares.get(source);
        return share == null || share.transactions < limits.perSource() && share.bytes < limits.bytes() / 2;
    }

    /** True if there is room for a request of a running call. */
    boolean admitsKnown() {
        return transactions < limits.transactions() + limits.reserve();
    }

    void add(InetAddress source, long size) {
        transactions++;
        shares.computeIfAbsent(source, key -> new Share()).transactions++;
        resize(source, size);
    }

    void resize(InetAddress source, long by) {
        bytes += by;
        Share share = shares.get(source);
        if (share != null) {
            share.bytes += by;
        }
    }

    void remove(InetAddress source, long size) {
        resize(source, -size);
        transactions--;
        Share share = shares.get(source);
        if (share != null && --share.transactions == 0) {
            shares.remove(source);
        }
    }

    long bytes() {
        return bytes;
    }
}
