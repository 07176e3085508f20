package dev.trunkline.media.rtp;

/**
 * Follows the sequence numbers of one stream over wraps, losses and restarts, by the algorithm of RFC 3550, appendix
 * A.1. A new SSRC begins a new source. Used by one thread.
 */
public final class SequenceTracker {

    /** What a packet's number says. */
    public enum Arrival {
        /** A source that has not yet sent enough packets in a row; not to be used. */
        PROBATION,
        /** The first usable packet of a source: decoders and buffers begin anew. */
        NEW_SOURCE,
        /** The one that was due. */
        IN_ORDER,
        /** Packets before it are missing so far. */
        AHEAD,
        /** Behind the highest: reordered, or a duplicate. */
        BEHIND,
        /** Far from what was due; ignored unless the next one follows it. */
        JUMP,
        /** The second of two packets in a row after a jump: the source began anew. */
        RESTARTED;

        /** Whether the packet belongs to the stream. */
        public boolean usable() {
            return this != PROBATION && this != JUMP;
        }
    }

    /** A larger step forward is taken for a restart. */
    public static final int MAX_DROPOUT = 3_000;

    /** A larger step back is taken for a restart. */
    public static final int MAX_MISORDER = 100;

    private static final int MODULUS = 1 << 16;
    private static final int NO_JUMP = -1;

    private final int minSequential;

    private boolean known;
    private int ssrc;
    private int probation;
    private int maxSeq;
    private long cycles;
    private long baseSeq;
    private long extended;
    private long received;
    private int badSeq = NO_JUMP;

    /** With the RFC's probation of two packets in a row. */
    public SequenceTracker() {
        this(2);
    }

    /**
     * @param minSequential packets in a row before a new source counts, 1 or more; 1 where the source was verified by
     *     other means
     */
    public SequenceTracker(int minSequential) {
        if (minSequential < 1) {
            throw new IllegalArgumentException("packets in a row: " + minSequential);
        }
        this.minSequential = minSequential;
    }

    /** Takes note of a packet. */
    public Arrival update(int packetSsrc, int seq) {
        if (!known || packetSsrc != ssrc) {
            known = true;
            ssrc = packetSsrc;
            probation = minSequential - 1;
            restart(seq);
            if (probation > 0) {
                return Arrival.PROBATION;
            }
            received = 1;
            return Arrival.NEW_SOURCE;
        }
        if (probation > 0) {
            return duringProbation(seq);
        }
        int step = (seq - maxSeq) & 0xFFFF;
        if (step < MAX_DROPOUT) {
            if (seq < maxSeq) {
                cycles += MODULUS;
            }
            maxSeq = seq;
            extended = cycles + seq;
            received++;
            badSeq = NO_JUMP;
            return step == 1 ? Arrival.IN_ORDER : step == 0 ? Arrival.BEHIND : Arrival.AHEAD;
        }
        if (step <= MODULUS - MAX_MISORDER) {
            if (seq != badSeq) {
                badSeq = (seq + 1) & 0xFFFF;
                return Arrival.JUMP;
            }
            restart(seq);
            received = 1;
            return Arrival.RESTARTED;
        }
        extended = seq > maxSeq ? cycles - MODULUS + seq : cycles + seq;
        received++;
        return Arrival.BEHIND;
    }

    private Arrival duringProbation(int seq) {
        boolean inRow = seq == ((maxSeq + 1) & 0xFFFF);
        if (!inRow) {
            probation = minSequential - 1;
            restart(seq);
            return Arrival.PROBATION;
        }
        probation--;
        maxSeq = seq;
        if (probation > 0) {
            return Arrival.PROBATION;
        }
        restart(seq);
        received = 1;
        return Arrival.NEW_SOURCE;
    }

    private void restart(int seq) {
        maxSeq = seq;
        cycles = MODULUS; // one ahead, so that a packet from before the first has a positive number
        baseSeq = cycles + seq;
        extended = baseSeq;
        received = 0;
        badSeq = NO_JUMP;
    }

    /** The source that is followed. */
    public int ssrc() {
        return ssrc;
    }

    /** The last usable packet's number, wraps counted; comparable within one source only. */
    public long extended() {
        return extended;
    }

    /** The highest number so far, wraps counted. */
    public long highest() {
        return cycles + maxSeq;
    }

    /** The highest number as a receiver report carries it: 16 bits of wraps, 16 of sequence number. */
    public int extendedHighestSequence() {
        return (int) (highest() - MODULUS);
    }

    /** Packets that the source has sent since its first usable one, as far as the numbers tell. */
    public long expected() {
        return known && probation == 0 ? highest() - baseSeq + 1 : 0;
    }

    /** Usable packets since the source began, duplicates too. */
    public long received() {
        return received;
    }
}
