package dev.trunkline.media.engine;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which way reports (RTCP) go, as offer and answer agreed. They are sent and read, never required.
 *
 * @param muxed on the port of the sound (RFC 5761), for both directions
 * @param remote where the peer wants them (RFC 3605); null for the port above that of the sound
 */
public record ReportPath(boolean muxed, @Nullable InetSocketAddress remote) {

    /** On the port above that of the sound, as RFC 3550 has it. */
    public static final ReportPath NEXT_PORT = new ReportPath(false, null);

    /** On the port of the sound itself. */
    public static final ReportPath MUXED = new ReportPath(true, null);

    public ReportPath {
        if (remote != null && (remote.isUnresolved() || remote.getPort() == 0)) {
            throw new IllegalArgumentException("not an address to send to: " + remote);
        }
    }

    /** Where they go if the sound goes there. */
    @Nullable
    InetSocketAddress of(@Nullable InetSocketAddress sound) {
        if (remote != null || sound == null) {
            return remote;
        }
        return sound.getPort() == 65_535 ? null : new InetSocketAddress(sound.getAddress(), sound.getPort() + 1);
    }
}
