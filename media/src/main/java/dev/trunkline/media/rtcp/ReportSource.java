package dev.trunkline.media.rtcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Whose reports belong to a call and where ours go, where reports have a port of their own: to the address that was agreed on,
 * until the far side's own come from somewhere (RFC 4961). A report counts
 *
 * <ul>
 *   <li>from the agreed address;
 *   <li>from another port of the host that the call's sound really comes from, if it speaks for the SSRC of that sound;
 *   <li>from the place that was taken so before, which gives way only after {@link #SILENCE_NANOS} without reports.
 * </ul>
 *
 * <p>Anybody else is a stranger, however well-formed the reports are. Used by one thread; allocates nothing.
 */
public final class ReportSource {

    /** Silence after which another source may follow: some three intervals. */
    public static final long SILENCE_NANOS = 15_000_000_000L;

    private @Nullable InetSocketAddress named;
    private @Nullable InetSocketAddress locked;
    private long lastHeard;

    /** This address was agreed on; null for none. Another one than before begins anew. */
    public void agree(@Nullable InetSocketAddress address) {
        if (address == null || !address.equals(named)) {
            named = address;
            locked = null;
        }
    }

    /**
     * Whether a report is the call's.
     *
     * @param from where it came from
     * @param ssrc whom it speaks for: its first word behind the header
     * @param soundHost where the call's sound comes from, null before the first packet
     * @param soundSsrc of that sound
     */
    public boolean accepts(
            InetSocketAddress from, int ssrc, @Nullable InetAddress soundHost, int soundSsrc, long nowNanos) {
        if (from.equals(locked)) {
            lastHeard = nowNanos;
            return true;
        }
        boolean agreed = from.equals(named);
        boolean ofSound = soundHost != null && soundHost.equals(from.getAddress()) && ssrc == soundSsrc;
        if (!agreed && !ofSound) {
            return false;
        }
        if (locked == null || nowNanos - lastHeard >= SILENCE_NANOS) {
            locked = from;
            lastHeard = nowNanos;
            return true;
        }
        return agreed;
    }

    /** Where reports go to; null as long as unknown. */
    public @Nullable InetSocketAddress target() {
        return locked == null ? named : locked;
    }
}
