package dev.trunkline.media.engine;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.conceal.LossConcealer;
import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.jitter.ReorderWindow;
import dev.trunkline.media.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Makes one gapless stream out of the packets of a call: reorders a little, decodes, conceals. It waits for nothing; when
 * nothing has come for {@value #PATIENCE_MILLIS} ms (loss, or a sender that pauses), the stream goes on by the clock with
 * concealment that fades to silence, so that the end of speech is seen although the packets end. Sound that comes after
 * all then is added and not cut: recognition must not lose words, and the stream has become a little longer.
 *
 * <p>Of the shard's thread; allocates nothing per packet.
 */
final class Hearing implements ReorderWindow.Sink {

    /** Takes the stream. */
    interface Stream {

        /** The next samples, linear 16-bit at 8 kHz, at that position; the array is only lent. */
        void heard(short[] samples, int length, long position, long arrivalNanos);
    }

    private static final int SAMPLES_PER_MILLI = 8;
    private static final int FRAME = 20 * SAMPLES_PER_MILLI;

    /** Jitter beyond this is taken for a pause. */
    private static final int PATIENCE_MILLIS = 120;

    /** After comfort noise the sender has said that it pauses. */
    private static final int PATIENCE_IN_PAUSE_MILLIS = 20;

    /** Longest filling for what the clock has not filled: rest of patience, and some jitter. */
    private static final int LONGEST_FILL = 240 * SAMPLES_PER_MILLI;

    /** Frames made up in one round at most, after a stall of ours. */
    private static final int FRAMES_A_ROUND = 5;

    private static final int LARGEST_HELD = 480;
    private static final int COMFORT_NOISE = 13;
    private static final int LARGEST_PAYLOAD = 2_048;

    private final Stream stream;
    private final ReorderWindow window;
    private final LossConcealer concealer = new LossConcealer();
    private final short[] decoded = new short[LARGEST_PAYLOAD];
    private final Counter concealedSamples = new Counter();

    private @Nullable Codec[] codecs = new Codec[128];
    private boolean begun;
    private boolean paused;
    private long position;
    private long filledByClock;
    private long lastArrival;
    private long arrival;

    Hearing(int reorderPackets, Stream stream) {
        this.stream = stream;
        window = new ReorderWindow(reorderPackets, LARGEST_HELD, this);
    }

    /** Codecs by payload type, from now on. */
    void codecs(@Nullable Codec[] byPayloadType) {
        codecs = byPayloadType;
    }

    /** An accepted packet, of sound or of digits. */
    void packet(RtpPacket packet, long nowNanos) {
        arrival = nowNanos;
        boolean sound = codecs[packet.payloadType()] != null;
        if (sound) {
            begun = true;
            lastArrival = nowNanos;
        }
        window.put(
                packet.ssrc(),
                packet.sequence(),
                packet.timestamp(),
                packet.marker(),
                packet.payloadType(),
                packet.array(),
                packet.payloadOffset(),
                packet.payloadLength(),
                sound ? packet.payloadLength() : 0,
                nowNanos);
    }

    /** 20 ms have passed. */
    void tick(long nowNanos) {
        if (!begun) {
            return;
        }
        arrival = nowNanos;
        window.poll(nowNanos);
        int patience = paused ? PATIENCE_IN_PAUSE_MILLIS : PATIENCE_MILLIS;
        long missing = (nowNanos - lastArrival) / 1_000_000 * SAMPLES_PER_MILLI
                - (long) patience * SAMPLES_PER_MILLI
                - filledByClock;
        for (int i = 0; i < FRAMES_A_ROUND && missing >= FRAME; i++) {
            conceal(FRAME);
            filledByClock += FRAME;
            missing -= FRAME;
        }
    }

    @Override
    public void frame(int payloadType, boolean marker, int timestamp, byte[] buf, int off, int len) {
        Codec codec = codecs[payloadType];
        if (codec == null) {
            paused |= payloadType == COMFORT_NOISE;
            return;
        }
        paused = false;
        filledByClock = 0;
        int count = codec.decode(buf, off, len, decoded, 0);
        concealer.good(decoded, 0, count);
        emit(count);
    }

    @Override
    public void lost(int units) {
        fill(units);
    }

    @Override
    public void paused(long units) {
        fill(units);
    }

    /** What the clock has filled already is not filled again; what the far clock claims beyond all reason is not either. */
    private void fill(long units) {
        long rest = Math.min(units - filledByClock, LONGEST_FILL);
        filledByClock = Math.max(0, filledByClock - units);
        while (rest > 0) {
            int part = (int) Math.min(rest, FRAME);
            conceal(part);
            rest -= part;
        }
    }

    private void conceal(int count) {
        concealer.lost(decoded, 0, count);
        concealedSamples.add(count);
        emit(count);
    }

    private void emit(int count) {
        stream.heard(decoded, count, position, arrival);
        position += count;
    }

    long concealedFrames() {
        return concealedSamples.get() / FRAME;
    }

    /** Packets that came after they had been given up. */
    long late() {
        return window.late();
    }
}
