package dev.trunkline.media.engine;

import dev.trunkline.media.rtcp.FarSide;
import dev.trunkline.media.rtcp.NtpClock;
import dev.trunkline.media.rtcp.ReportSource;
import dev.trunkline.media.rtcp.RtcpReporter;
import dev.trunkline.media.rtcp.SentSound;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The reports of one session: sent when they are due to where the peer wants them, taken from whom the session's sound comes,
 * on the port of their own or on that of the sound.
 *
 * <p>Of the shard's thread; what it makes, it makes for a report, never for a packet of sound.
 */
final class Reporting {

    private static final int SOURCE_OFFSET = 4;

    private final ShardCounters counters;
    private final Receiving receiving;
    private final Speaking speaking;
    private final RtcpReporter reporter;
    private final ReportSource source = new ReportSource();
    private boolean muxed;
    private boolean agreed;

    Reporting(ShardCounters counters, Receiving receiving, Speaking speaking) {
        this.counters = counters;
        this.receiving = receiving;
        this.speaking = speaking;
        SplittableRandom random = new SplittableRandom();
        // of the call and not of the machine (RFC 7022)
        String cname = Long.toHexString(random.nextLong()) + Integer.toHexString(random.nextInt());
        reporter = new RtcpReporter(speaking.ssrc, cname, NtpClock.system(), random, System.nanoTime());
    }

    /** Holds from the next report on. */
    void agree(RtpParameters parameters) {
        agreed = true;
        muxed = parameters.reports().muxed();
        source.agree(muxed ? null : parameters.reports().of(parameters.remote()));
    }

    /** Whether reports go out on the port of the sound. */
    boolean muxed() {
        return muxed;
    }

    /** Where reports go now; null as long as unknown. */
    @Nullable
    InetSocketAddress target() {
        return muxed ? receiving.source() : source.target();
    }

    /** A datagram that looks like a report came on the port of the sound. */
    void onSoundPort(byte[] data, int length, InetSocketAddress from, long now) {
        if (agreed && from.equals(receiving.provenSource())) {
            read(data, length, now);
        } else {
            refuse();
        }
    }

    /** A datagram came on the reports' own port. */
    void onOwnPort(byte[] data, int length, InetSocketAddress from, long now) {
        InetSocketAddress sound = receiving.provenSource();
        if (agreed
                && length >= 2 * SOURCE_OFFSET
                && source.accepts(
                        from,
                        word(data, SOURCE_OFFSET),
                        sound == null ? null : sound.getAddress(),
                        receiving.ssrc(),
                        now)) {
            read(data, length, now);
        } else {
            refuse();
        }
    }

    private void refuse() {
        counters.reportsRefused.increment();
    }

    private void read(byte[] data, int length, long now) {
        if (reporter.onDatagram(data, 0, length, speaking.sent(now), speaking.clockRate(), now)) {
            counters.reportsReceived.increment();
        } else {
            refuse();
        }
    }

    private static int word(byte[] data, int at) {
        return (data[at] & 0xFF) << 24 | (data[at + 1] & 0xFF) << 16 | (data[at + 2] & 0xFF) << 8 | data[at + 3] & 0xFF;
    }

    /**
     * Writes the report if one is due and somebody to send it to.
     *
     * @return its bytes, 0 if none
     */
    int due(byte[] out, long now) {
        if (!reporter.due(now) || target() == null) {
            return 0;
        }
        counters.reportsSent.increment();
        return reporter.report(out, 0, speaking.sent(now), receiving.statistics(), now);
    }

    /**
     * Writes the last report, if anything was said or heard that it could be about.
     *
     * @return its bytes, 0 if none
     */
    int goodbye(byte[] out, long now) {
        SentSound sound = speaking.sent(now);
        if (target() == null || (sound.packets() == 0 && receiving.packets() == 0)) {
            return 0;
        }
        counters.reportsSent.increment();
        return reporter.goodbye(out, 0, sound, receiving.statistics(), now);
    }

    /** What the far side has told; any thread. */
    FarSide farSide() {
        return reporter.farSide();
    }

    /** Reports read; any thread. */
    long received() {
        return reporter.received();
    }
}
