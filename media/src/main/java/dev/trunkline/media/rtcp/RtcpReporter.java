package dev.trunkline.media.rtcp;

import dev.trunkline.media.rtcp.RtcpPacket.Goodbye;
import dev.trunkline.media.rtcp.RtcpPacket.ReceiverReport;
import dev.trunkline.media.rtcp.RtcpPacket.SenderReport;
import dev.trunkline.media.rtcp.RtcpPacket.SourceDescription;
import dev.trunkline.media.rtp.RtpStatistics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The reports of one session with one far side, without sockets: says when one is due and writes it, reads those of the
 * far side, and knows round trip, loss and jitter as it sees them. Nothing is required of the far side. A report block
 * counts if it is about our SSRC, and gives a round trip if it answers one of our last {@value #REMEMBERED} reports.
 *
 * <p>Used by one thread; only {@link #farSide()} and the counts may be asked by any. Reports are rare: some objects are made for
 * each.
 */
public final class RtcpReporter {

    /** Bytes that the largest report of ours takes. */
    public static final int LARGEST = 512;

    private static final int REMEMBERED = 8;
    private static final int HEADERS = 28;
    private static final int TYPICAL_SIZE = 100;

    /** G.711 with its headers; more bandwidth would change nothing, the least interval counts. */
    private static final int SESSION_BYTES_PER_SECOND = 10_000;

    /** A longer round trip is a mistake of somebody's arithmetic. */
    private static final double LONGEST_ROUND_TRIP_MILLIS = 30_000;

    private static final double NEWEST = 1.0 / 4;
    private static final byte[] ENDED = "session ended".getBytes(StandardCharsets.US_ASCII);

    private final int ssrc;
    private final byte[] cname;
    private final NtpClock clock;
    private final RtcpInterval interval;
    private final ReceptionReports reception = new ReceptionReports();
    private final int[] sentMiddles = new int[REMEMBERED];

    private long due;
    private int sentReports;
    private long packetsAtLast;
    private long packetsAtLastButOne;
    private boolean farSends;
    private int farSsrc;
    private int lastSenderReport;
    private long lastSenderReportArrival;

    private volatile FarSide farSide = FarSide.UNKNOWN;
    private volatile long received;
    private volatile long malformed;
    private volatile long sent;
    private volatile boolean farLeft;

    /**
     * Begins; the first report is due after half an interval.
     *
     * @param ssrc of what we send
     * @param cname our canonical name: the same for the whole call, and saying nothing about the machine (RFC 7022)
     */
    public RtcpReporter(int ssrc, String cname, NtpClock clock, RandomGenerator random, long nowNanos) {
        this.ssrc = ssrc;
        this.cname = cname.getBytes(StandardCharsets.UTF_8);
        this.clock = Objects.requireNonNull(clock, "clock");
        interval = new RtcpInterval(SESSION_BYTES_PER_SECOND, TYPICAL_SIZE, random);
        due = nowNanos + interval.nextNanos(2, 2, true, true);
    }

    /** Whether the next report should go now. */
    public boolean due(long nowNanos) {
        return nowNanos - due >= 0;
    }

    /**
     * Writes the report that is due, a sender report if anything was sent of late.
     *
     * @return its bytes
     */
    public int report(byte[] out, int off, SentSound sound, RtpStatistics heard, long nowNanos) {
        RtcpWriter writer = write(out, off, sound, heard, nowNanos);
        int length = writer.length();
        interval.seen(length + HEADERS);
        boolean weSend = sound.packets() > packetsAtLastButOne;
        packetsAtLastButOne = packetsAtLast;
        packetsAtLast = sound.packets();
        int senders = (weSend ? 1 : 0) + (farSends ? 1 : 0);
        due = nowNanos + interval.nextNanos(2, senders, weSend, false);
        sent++;
        return length;
    }

    /**
     * Writes the last report, with a goodbye.
     *
     * @return its bytes
     */
    public int goodbye(byte[] out, int off, SentSound sound, RtpStatistics heard, long nowNanos) {
        sent++;
        return write(out, off, sound, heard, nowNanos).goodbye(ssrc, ENDED).length();
    }

    private RtcpWriter write(byte[] out, int off, SentSound sound, RtpStatistics heard, long nowNanos) {
        RtcpWriter writer = new RtcpWriter(out, off);
        List<ReportBlock> blocks = heard.sources() == 0 ? List.of() : List.of(block(heard, nowNanos));
        if (sound.packets() > packetsAtLastButOne) {
            long ntp = clock.at(nowNanos);
            sentMiddles[sentReports++ % REMEMBERED] = NtpClock.middle(ntp);
            writer.senderReport(ssrc, ntp, sound.timestamp(), (int) sound.packets(), (int) sound.octets(), blocks);
        } else {
            writer.receiverReport(ssrc, blocks);
        }
        return writer.sourceDescription(ssrc, cname);
    }

    private ReportBlock block(RtpStatistics heard, long nowNanos) {
        boolean known = lastSenderReport != 0 && farSsrc == heard.sequence().ssrc();
        return reception.next(
                heard,
                known ? lastSenderReport : 0,
                known ? NtpClock.shortSpan(nowNanos - lastSenderReportArrival) : 0);
    }

    /**
     * Reads a datagram of the far side.
     *
     * @param sound what we have sent so far
     * @param clockRate of what we send, in Hz: the unit of the far side's jitter
     * @return false if it was malformed; it is counted then and has no effect
     */
    public boolean onDatagram(byte[] datagram, int off, int len, SentSound sound, int clockRate, long nowNanos) {
        RtcpReader.Reading reading = RtcpReader.read(datagram, off, len);
        if (reading.malformed()) {
            malformed++;
            return false;
        }
        received++;
        interval.seen(len + HEADERS);
        for (RtcpPacket packet : reading.packets()) {
            switch (packet) {
                case SenderReport report -> {
                    farSends = true;
                    farSsrc = report.ssrc();
                    lastSenderReport = NtpClock.middle(report.ntpTime());
                    lastSenderReportArrival = nowNanos;
                    onBlocks(report.blocks(), sound, clockRate, nowNanos);
                }
                case ReceiverReport report -> {
                    farSends = false;
                    onBlocks(report.blocks(), sound, clockRate, nowNanos);
                }
                case Goodbye goodbye -> farLeft = true;
                case SourceDescription description -> {}
            }
        }
        return true;
    }

    private void onBlocks(List<ReportBlock> blocks, SentSound sound, int clockRate, long nowNanos) {
        for (ReportBlock block : blocks) {
            if (block.ssrc() == ssrc) {
                onBlock(block, sound, clockRate, nowNanos);
            }
        }
    }

    private void onBlock(ReportBlock block, SentSound sound, int clockRate, long nowNanos) {
        FarSide before = farSide;
        long lost = Math.max(0, block.cumulativeLost());
        farSide = new FarSide(
                before.reports() + 1,
                lost,
                sound.packets() == 0 ? 0 : Math.min(1, lost / (double) sound.packets()),
                block.fractionLost() / 256.0,
                block.jitterUnits() * 1_000.0 / clockRate,
                roundTrip(before.roundTripMillis(), block, nowNanos));
    }

    private double roundTrip(double before, ReportBlock block, long nowNanos) {
        if (!answersOurs(block.lastSenderReport())) {
            return before;
        }
        int span = NtpClock.middle(clock.at(nowNanos)) - block.lastSenderReport() - block.delaySinceLast();
        // clocks of 1/65,536 s and some arithmetic: a little less than nothing is nothing
        double millis = Math.max(0, span * 1_000.0 / 65_536);
        if (span < -655 || millis > LONGEST_ROUND_TRIP_MILLIS) {
            return before;
        }
        return Double.isNaN(before) ? millis : before + (millis - before) * NEWEST;
    }

    private boolean answersOurs(int middle) {
        for (int i = 0; i < Math.min(REMEMBERED, sentReports); i++) {
            if (sentMiddles[i] == middle) {
                return true;
            }
        }
        return false;
    }

    /** What the far side has told so far. */
    public FarSide farSide() {
        return farSide;
    }

    /** Whether the far side has said goodbye; its sound may come all the same. */
    public boolean farLeft() {
        return farLeft;
    }

    /** Compound packets that have come and could be read. */
    public long received() {
        return received;
    }

    /** Datagrams that were none. */
    public long malformed() {
        return malformed;
    }

    /** Reports written. */
    public long sent() {
        return sent;
    }
}
