package dev.trunkline.media.jitter;

import dev.trunkline.media.rtp.SequenceTracker;
import java.util.Objects;

/**
 * Puts the packets of one stream in order for hearing, without a playout delay: what is in order goes on at once. Only
 * behind a gap are packets held back, at most {@code window} of them; with one more the missing packet is declared lost.
 * The sink gets the whole stream in order as frames, losses and pauses.
 *
 * <p>Sequence numbers say what is missing, timestamps say how much sound that was, so that ptimes of 10 to 60 ms,
 * senders that pause (DTX) and telephone events in between all come out right. For one stream and one thread; nothing
 * is allocated after construction.
 */
public final class ReorderWindow {

    /** Takes the stream, on the thread that calls in. The arrays are only lent for the call. */
    public interface Sink {

        /** The next packet in order. */
        void frame(int payloadType, boolean marker, int timestamp, byte[] buf, int off, int len);

        /** Sound is missing here: that many timestamp units of it, to be concealed. */
        void lost(int units);

        /** The sender sent nothing for that long, in timestamp units (a foreign clock may claim hours): silence on its side. */
        default void paused(long units) {}

        /**
         * Whether the timestamps of this packet go on from those of the sound before it; not so for a codec with
         * another clock. Then nothing is taken for missing between the two.
         */
        default boolean continues(int payloadType) {
            return true;
        }

        /** Another source, or the same one anew: decoders start afresh. Not called for the very first. */
        default void restarted() {}
    }

    /** Packets may be held no longer than this when nothing follows them. */
    private static final long MAX_HOLD_NANOS = 60_000_000L;

    private static final int SEEN = 64;
    private static final int NO_JUMP = -1;

    private final int window;
    private final Sink sink;
    private final Held[] held;

    private boolean known;
    private int ssrc;
    private int expected;
    private long delivered;
    private int badSeq = NO_JUMP;
    private int heldCount;

    private boolean timed;
    private int soundEnd;
    private int missing;
    private int lastUnits;

    private long frames;
    private long late;
    private long duplicate;
    private long lostPackets;
    private long jumped;

    /**
     * @param window packets to hold behind a gap, 0 to 8; hearing wants 0 to 2
     * @param maxPayload bytes of the largest payload that can be held; a larger one ends the waiting
     * @param sink takes the stream
     */
    public ReorderWindow(int window, int maxPayload, Sink sink) {
        if (window < 0 || window > 8) {
            throw new IllegalArgumentException("window out of range: " + window);
        }
        this.window = window;
        this.sink = Objects.requireNonNull(sink, "sink");
        held = new Held[window];
        for (int i = 0; i < window; i++) {
            held[i] = new Held(maxPayload);
        }
    }

    /**
     * A packet arrived.
     *
     * @param units how much sound it holds, in timestamp units; 0 if none (telephone event, comfort noise)
     */
    public void put(
            int packetSsrc,
            int seq,
            int timestamp,
            boolean marker,
            int payloadType,
            byte[] buf,
            int off,
            int len,
            int units,
            long nowNanos) {
        Objects.checkFromIndexSize(off, len, buf.length);
        if (!known || packetSsrc != ssrc) {
            begin(packetSsrc, seq);
        }
        int ahead = (short) (seq - expected);
        if (ahead > SequenceTracker.MAX_DROPOUT || ahead < -SequenceTracker.MAX_MISORDER) {
            if (seq != badSeq) {
                badSeq = (seq + 1) & 0xFFFF;
                jumped++;
                return;
            }
            begin(packetSsrc, seq);
            ahead = 0;
        }
        badSeq = NO_JUMP;
        if (ahead < 0) {
            countBehind(-ahead);
            return;
        }
        if (ahead == 0) {
            deliver(seq, timestamp, marker, payloadType, buf, off, len, units);
            releaseInOrder();
            return;
        }
        if (isHeld(seq)) {
            duplicate++;
            return;
        }
        makeRoom(seq, len);
        if (seq == expected) {
            deliver(seq, timestamp, marker, payloadType, buf, off, len, units);
            releaseInOrder();
        } else {
            hold(seq, timestamp, marker, payloadType, buf, off, len, units, nowNanos);
        }
    }

    /** Declares missing packets lost until this one can be held or is the next. */
    private void makeRoom(int seq, int len) {
        while (seq != expected && (heldCount == window || len > held[heldCount].payload.length)) {
            boolean heldIsNext = heldCount > 0 && (short) (held[0].seq - seq) < 0;
            skipTo(heldIsNext ? held[0].seq : seq);
            releaseInOrder();
        }
    }

    /** Gives up waiting when nothing follows what is held; to be called now and then, 20 ms apart is fine. */
    public void poll(long nowNanos) {
        if (heldCount > 0 && nowNanos - held[0].since >= MAX_HOLD_NANOS) {
            flush();
        }
    }

    /** Hands on everything that is held: the stream is over. */
    public void flush() {
        while (heldCount > 0) {
            skipTo(held[0].seq);
            releaseInOrder();
        }
    }

    private void begin(int newSsrc, int seq) {
        if (known) {
            flush();
            sink.restarted();
        }
        known = true;
        ssrc = newSsrc;
        expected = seq;
        delivered = 0;
        timed = false;
        missing = 0;
        badSeq = NO_JUMP;
    }

    private void skipTo(int seq) {
        int count = (seq - expected) & 0xFFFF;
        missing += count;
        lostPackets += count;
        delivered = count >= SEEN ? 0 : delivered << count;
        expected = seq;
    }

    private void countBehind(int back) {
        if (back <= SEEN && ((delivered >>> (back - 1)) & 1) != 0) {
            duplicate++;
        } else {
            late++;
            if (back <= SEEN) {
                delivered |= 1L << (back - 1);
            }
        }
    }

    private void deliver(
            int seq, int timestamp, boolean marker, int payloadType, byte[] buf, int off, int len, int units) {
        expected = (seq + 1) & 0xFFFF;
        delivered = (delivered << 1) | 1;
        frames++;
        if (units > 0) {
            if (timed && sink.continues(payloadType)) {
                fillGap(timestamp - soundEnd, units);
            }
            timed = true;
            soundEnd = timestamp + units;
            lastUnits = units;
            missing = 0;
        }
        sink.frame(payloadType, marker, timestamp, buf, off, len);
    }

    /** Between the end of the last sound and this packet: what was lost comes first, the rest was never sent. */
    private void fillGap(int gap, int units) {
        if (gap <= 0) {
            return;
        }
        long couldBe = (long) missing * Math.max(lastUnits, units);
        int lost = (int) Math.min(gap, couldBe);
        if (lost > 0) {
            sink.lost(lost);
        }
        if (gap > lost) {
            sink.paused(gap - lost);
        }
    }

    private boolean isHeld(int seq) {
        for (int i = 0; i < heldCount; i++) {
            if (held[i].seq == seq) {
                return true;
            }
        }
        return false;
    }

    private void hold(
            int seq,
            int timestamp,
            boolean marker,
            int payloadType,
            byte[] buf,
            int off,
            int len,
            int units,
            long nowNanos) {
        Held free = held[heldCount];
        free.set(seq, timestamp, marker, payloadType, buf, off, len, units);
        free.since = nowNanos;
        int at = heldCount;
        while (at > 0 && (short) (held[at - 1].seq - seq) > 0) {
            held[at] = held[at - 1];
            at--;
        }
        held[at] = free;
        heldCount++;
    }

    private void releaseInOrder() {
        while (heldCount > 0 && held[0].seq == expected) {
            Held first = held[0];
            heldCount--;
            System.arraycopy(held, 1, held, 0, heldCount);
            held[heldCount] = first;
            deliver(
                    first.seq,
                    first.timestamp,
                    first.marker,
                    first.payloadType,
                    first.payload,
                    0,
                    first.length,
                    first.units);
        }
    }

    /** Packets handed on. */
    public long frames() {
        return frames;
    }

    /** Packets that came after they had been declared lost. */
    public long late() {
        return late;
    }

    /** Further copies of packets. */
    public long duplicate() {
        return duplicate;
    }

    /** Packets declared lost, the late ones among them. */
    public long lostPackets() {
        return lostPackets;
    }

    /** Packets far from the sequence, ignored. */
    public long jumped() {
        return jumped;
    }

    /** Packets that wait behind a gap now. */
    public int waiting() {
        return heldCount;
    }

    private static final class Held {
        final byte[] payload;
        int seq;
        int timestamp;
        boolean marker;
        int payloadType;
        int length;
        int units;
        long since;

        Held(int maxPayload) {
            payload = new byte[maxPayload];
        }

        void set(int seq, int timestamp, boolean marker, int payloadType, byte[] buf, int off, int len, int units) {
            this.seq = seq;
            this.timestamp = timestamp;
            this.marker = marker;
            this.payloadType = payloadType;
            this.length = len;
            this.units = units;
            System.arraycopy(buf, off, payload, 0, len);
        }
    }
}
