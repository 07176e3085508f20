package dev.trunkline.telephony.sip.message;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A host and an optional port as they stand in URIs and Via headers.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param port 1 to 65535, or -1 if none is given
 */
public record HostPort(String host, int port) {

    /**
     * Parses {@code host}, {@code host:port} and {@code [v6]:port}.
     *
     * @throws SipParseException if the host is empty or has forbidden characters, or the port is no port
     */
    public static HostPort parse(String text) {
        String trimmed = text.strip();
        int end;
        if (trimmed.startsWith("[")) {
            end = trimmed.indexOf(']') + 1;
            if (end < 4 || !isAddress6(trimmed.substring(1, end - 1))) {
                throw new SipParseException("bad IPv6 address: " + SipText.excerpt(trimmed));
            }
        } else {
            end = trimmed.indexOf(':');
            end = end < 0 ? trimmed.length() : end;
        }
        String host = trimmed.substring(0, end).strip();
        if (!host.startsWith("[") && !isHostName(host)) {
            throw new SipParseException("bad host: " + SipText.excerpt(host));
        }
        String rest = trimmed.substring(end).strip();
        if (rest.isEmpty()) {
            return new HostPort(host, -1);
        }
        if (rest.charAt(0) != ':') {
            throw new SipParseException("bad host and port: " + SipText.excerpt(trimmed));
        }
        int port = (int) SipText.number(rest.substring(1), 65_535, "port");
        if (port == 0) {
            throw new SipParseException("port is 0");
        }
        return new HostPort(host, port);
    }

    /** The address's numbers, IPv6 in brackets, and its port. */
    public static HostPort of(InetSocketAddress address) {
        return new HostPort(literal(address.getAddress()), address.getPort());
    }

    /** The address's numbers, IPv6 in brackets and without a zone. */
    public static String literal(InetAddress address) {
        String numbers = address.getHostAddress();
        if (address instanceof Inet6Address) {
            int zone = numbers.indexOf('%');
            return "[" + (zone < 0 ? numbers : numbers.substring(0, zone)) + "]";
        }
        return numbers;
    }

    /** The port, or the one given if there is none. */
    public int portOr(int otherwise) {
        return port < 0 ? otherwise : port;
    }

    /** True if the host is an address in numbers, so that no name service is needed. */
    public boolean isNumeric() {
        return host.startsWith("[") || isAddress4(host);
    }

    /** The host without brackets. */
    public String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isAddress4(String text) {
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return dots == 3;
    }

    private static boolean isAddress6(String text) {
        boolean colon = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            colon |= c == ':';
            if (c != ':' && c != '.' && Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return colon;
    }

    private static boolean isHostName(String text) {
        if (text.isEmpty() || text.length() > 255) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!SipText.isAlphanumeric(c) && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return port < 0 ? host : host + ":" + port;
    }
}
