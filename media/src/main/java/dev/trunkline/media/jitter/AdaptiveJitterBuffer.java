package dev.trunkline.media.jitter;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.conceal.LossConcealer;
import dev.trunkline.media.jitter.WaitingPackets.Slot;
import java.util.Objects;

/**
 * Gives packets back their even pace for a listener: put them in as they come, pull 20 ms of sound at each tick. Packets
 * may hold 10 to 60 ms. What isn't there at its turn is concealed, and counted as late if it comes after all.
 *
 * <p>The delay follows the measured jitter (97th percentile above the fastest packets) between a minimum and a maximum.
 * It grows when there is nothing to play anyway or while the line is quiet, and shrinks while the line is quiet; only
 * beyond the maximum is speech cut. Where there is no quiet (music, and a far clock that is fast), two frames are blended into
 * one now and then, which no ear minds and which makes up for clocks that are up to 1 % off. For one stream and one thread;
 * nothing is allocated after construction. All times are of {@link System#nanoTime} or a test's own clock.
 */
public final class AdaptiveJitterBuffer {

    /** What a pulled frame is. */
    public enum Played {
        /** Sound that arrived, at least for a part of the frame. */
        SOUND,
        /** Nothing was there: concealed. */
        CONCEALED,
        /** The stream hasn't begun, or has paused so long that it is silence. */
        SILENCE
    }

    private static final int FRAMES_A_SECOND = 50;
    private static final int MAX_PACKET_MILLIS = 120;
    private static final int STALE_IN_ROW = 5;
    private static final int PAUSE_MILLIS = 60;

    /** So much more delay than wanted is worth a blend, and one blend in so much time is not heard. */
    private static final int SURPLUS_MILLIS = 60;

    private static final int BETWEEN_BLENDS_MILLIS = 2_000;

    private final Codec codec;
    private final JitterSettings settings;
    private final int rate;
    private final int frame;
    private final LossConcealer concealer;
    private final DelayEstimator estimator;
    private final QuietDetector quiet;
    private final WaitingPackets waiting;
    private final short[] decoded;
    private final short[] blended;
    private int sinceBlend;

    private int decodedPos;
    private int decodedLen;

    private boolean known;
    private int ssrc;
    private long extendedTimestamp;
    private boolean playing;
    private long cursor;
    private long lastDelay;
    private int emptySamples;
    private int staleInRow;

    private long received;
    private long late;
    private long duplicate;
    private long discarded;
    private long resyncs;
    private long stretchedFrames;
    private long droppedFrames;

    /**
     * @param codec decodes this stream; used by nobody else
     * @param settings the bounds
     */
    public AdaptiveJitterBuffer(Codec codec, JitterSettings settings) {
        this.codec = Objects.requireNonNull(codec, "codec");
        this.settings = Objects.requireNonNull(settings, "settings");
        rate = codec.sampleRate();
        frame = rate / FRAMES_A_SECOND;
        concealer = new LossConcealer(rate);
        estimator = new DelayEstimator(rate);
        quiet = new QuietDetector();
        decoded = new short[Math.max(rate * MAX_PACKET_MILLIS / 1_000, settings.maxPayload() * 2)];
        waiting = new WaitingPackets(settings.maxPayload());
        blended = new short[frame];
    }

    /** Samples that {@link #pull} writes. */
    public int frameSamples() {
        return frame;
    }

    /**
     * A packet with this codec's payload arrived.
     *
     * @param units how much sound it holds, in timestamp units
     */
    public void put(
            int packetSsrc, int seq, int timestamp, byte[] buf, int off, int len, int units, long arrivalNanos) {
        Objects.checkFromIndexSize(off, len, buf.length);
        received++;
        if (len > settings.maxPayload() || units <= 0 || units > codec.clockRate() / 1_000 * MAX_PACKET_MILLIS) {
            discarded++;
            return;
        }
        if (!known || packetSsrc != ssrc) {
            begin(packetSsrc, timestamp);
        }
        extendedTimestamp += timestamp - (int) extendedTimestamp;
        long position = samples(extendedTimestamp);
        Slot slot = waiting.slot(seq);
        if (slot.holds(seq, position)) {
            duplicate++;
            return;
        }
        long arrival = units(arrivalNanos);
        if (playing && position + samples(units) <= cursor) {
            late++;
            slot.markGone(seq, position);
            if (arrival - position - estimator.fastest() <= 2 * millis(settings.maxDelayMillis())) {
                estimator.observe(position, arrival);
            } else if (++staleInRow >= STALE_IN_ROW) {
                resync();
            }
            return;
        }
        staleInRow = 0;
        estimator.observe(position, arrival);
        if (slot.isWaiting()) {
            discarded++;
        }
        slot.fill(seq, position, samples(units), buf, off, len);
    }

    /**
     * The next 20 ms.
     *
     * @param out takes {@link #frameSamples} samples
     */
    public Played pull(short[] out, int off, long nowNanos) {
        Objects.checkFromIndexSize(off, frame, out.length);
        long now = units(nowNanos);
        if (!playing && !start(now)) {
            concealer.lost(out, off, frame);
            return Played.SILENCE;
        }
        if (delay(now) > millis(settings.maxDelayMillis()) + frame) {
            moveCursor(delay(now) - target());
        }
        long delay = delay(now);
        lastDelay = delay;
        if (nothingFrom(cursor)) {
            return whenEmpty(out, off, now);
        }
        if (delay < target() - frame / 2 && quiet.isQuiet() && !concealer.concealing()) {
            stretchedFrames++;
            concealer.lost(out, off, frame);
            return Played.CONCEALED;
        }
        boolean wasQuiet = quiet.isQuiet();
        Played played = play(out, off);
        if (wasQuiet
                && quiet.isQuiet()
                && played == Played.SOUND
                && delay > target() + frame + frame / 2
                && !nothingFrom(cursor)) {
            droppedFrames++;
            return play(out, off);
        }
        sinceBlend += frame;
        if (played == Played.SOUND
                && delay > target() + millis(SURPLUS_MILLIS)
                && sinceBlend >= millis(BETWEEN_BLENDS_MILLIS)
                && !nothingFrom(cursor)) {
            blendNext(out, off);
        }
        return played;
    }

    /** Fades the frame that was taken into the one after it: 20 ms of sound are made up for. */
    private void blendNext(short[] out, int off) {
        sinceBlend = 0;
        if (play(blended, 0) == Played.SOUND) {
            droppedFrames++;
            for (int i = 0; i < frame; i++) {
                out[off + i] = (short) (out[off + i] + (blended[i] - out[off + i]) * (i + 1) / (frame + 1));
            }
        }
    }

    /** Nothing to play and nothing after it: the delay may become what it should be without anybody hearing it. */
    private Played whenEmpty(short[] out, int off, long now) {
        boolean paused = emptySamples >= millis(PAUSE_MILLIS);
        int rest = takeDecoded(out, off, frame);
        concealer.good(out, off, rest);
        concealer.lost(out, off + rest, frame - rest);
        emptySamples = paused ? emptySamples : emptySamples + frame - rest;
        long delay = delay(now);
        if (delay >= target()) {
            cursor += frame - rest;
            if (paused && delay > target() + frame) {
                cursor += Math.min(frame, delay - target());
            }
        } else {
            stretchedFrames++;
        }
        return rest > 0 ? Played.SOUND : paused ? Played.SILENCE : Played.CONCEALED;
    }

    private Played play(short[] out, int off) {
        int filled = 0;
        int sound = 0;
        while (filled < frame) {
            int taken = takeDecoded(out, off + filled, frame - filled);
            if (taken > 0) {
                concealer.good(out, off + filled, taken);
                filled += taken;
                sound += taken;
                continue;
            }
            Slot next = waiting.earliest();
            if (next != null && next.position <= cursor) {
                decode(next);
                continue;
            }
            int gap = next == null ? frame - filled : (int) Math.min(frame - filled, next.position - cursor);
            concealer.lost(out, off + filled, gap);
            cursor += gap;
            filled += gap;
        }
        if (sound > 0) {
            emptySamples = 0;
            quiet.observe(out, off, frame);
            return Played.SOUND;
        }
        return Played.CONCEALED;
    }

    private int takeDecoded(short[] out, int off, int wanted) {
        int taken = Math.min(wanted, decodedLen - decodedPos);
        System.arraycopy(decoded, decodedPos, out, off, taken);
        decodedPos += taken;
        cursor += taken;
        return taken;
    }

    private void decode(Slot slot) {
        int samples = codec.decode(slot.payload, 0, slot.length, decoded, 0);
        int skip = (int) Math.min(samples, cursor - slot.position);
        decodedPos = skip;
        decodedLen = samples;
        slot.take();
    }

    private boolean start(long now) {
        Slot first = waiting.earliest();
        if (first == null) {
            return false;
        }
        // the first packet waits out the delay; what came with it in one burst is not behind it
        if (now - first.position - estimator.fastest() < target()) {
            return false;
        }
        playing = true;
        cursor = first.position;
        decodedLen = 0;
        decodedPos = 0;
        emptySamples = 0;
        return true;
    }

    private void begin(int newSsrc, int timestamp) {
        if (known) {
            resync();
        }
        known = true;
        ssrc = newSsrc;
        extendedTimestamp = timestamp;
    }

    /** Playout begins anew with the next packet; the sound goes on as a concealed gap. */
    private void resync() {
        resyncs++;
        playing = false;
        staleInRow = 0;
        decodedLen = 0;
        decodedPos = 0;
        estimator.rebase();
        waiting.clear();
    }

    private void moveCursor(long by) {
        cursor += by;
        decodedLen = 0;
        decodedPos = 0;
        droppedFrames += (by + frame - 1) / frame;
        discarded += waiting.dropBefore(cursor);
    }

    private boolean nothingFrom(long position) {
        return decodedLen - decodedPos < frame && !waiting.anyAfter(position);
    }

    private long delay(long now) {
        return now - cursor - estimator.fastest();
    }

    private long target() {
        return Math.max(
                millis(settings.minDelayMillis()), Math.min(millis(settings.maxDelayMillis()), estimator.spread()));
    }

    private long millis(int millis) {
        return (long) rate / 1_000 * millis;
    }

    private long samples(long units) {
        return units * rate / codec.clockRate();
    }

    private long units(long nanos) {
        return nanos / 1_000 * rate / 1_000_000;
    }

    /** The delay that the last frame had beyond the fastest packet's way, in milliseconds. */
    public int delayMillis() {
        return playing ? (int) (lastDelay * 1_000 / rate) : 0;
    }

    /** The delay that the measured jitter asks for. */
    public int targetDelayMillis() {
        return (int) (target() * 1_000 / rate);
    }

    /** Packets put in. */
    public long received() {
        return received;
    }

    /** Packets that came after their turn. */
    public long late() {
        return late;
    }

    /** Further copies of packets. */
    public long duplicate() {
        return duplicate;
    }

    /** Packets thrown away unheard: oversized, overrun, or cut to get below the maximum delay. */
    public long discarded() {
        return discarded;
    }

    /** Samples made up in place of missing ones, those of a growing delay among them. */
    public long concealedSamples() {
        return concealer.concealed();
    }

    /** Frames by which the delay grew. */
    public long stretchedFrames() {
        return stretchedFrames;
    }

    /** Frames by which it shrank. */
    public long droppedFrames() {
        return droppedFrames;
    }

    /** How often the stream began anew. */
    public long resyncs() {
        return resyncs;
    }
}
