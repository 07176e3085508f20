package dev.trunkline.telephony.sip.transport;

import java.net.InetAddress;

/**
 * All addresses that begin with the same bits, such as {@code 192.0.2.0/24}, {@code 2001:db8::/32} or one address.
 * Immutable.
 *
 * @param first an address of the range
 * @param bits how many of its bits count
 */
public record AddressRange(InetAddress first, int bits) {

    public AddressRange {
        if (bits < 0 || bits > first.getAddress().length * 8) {
            throw new IllegalArgumentException("no such prefix length: " + bits);
        }
    }

    /**
     * Parses an address in numbers with or without {@code /bits}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int all = address.getAddress().length * 8;
        return new AddressRange(address, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1)));
    }

    /** True if the address is in the range; IPv4 and IPv6 never are in each other's. */
    public boolean contains(InetAddress address) {
        byte[] ours = first.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (ours[i] != theirs[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((ours[whole] ^ theirs[whole]) & 0xFF) >> (8 - rest) == 0;
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + bits;
    }
}
