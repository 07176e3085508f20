package dev.trunkline.media.engine;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.conceal.ComfortNoise;
import dev.trunkline.media.conceal.LossConcealer;
import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.jitter.ReorderWindow;
import dev.trunkline.media.resample.FrameResampler;
import dev.trunkline.media.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Makes one gapless stream out of the packets of a call: reorders a little, decodes, conceals. It waits for nothing; when
 * nothing has come for {@value #PATIENCE_MILLIS} ms (loss, or a sender that pauses), the stream goes on by the clock with
 * concealment that fades to silence, or with the noise that the sender has told (RFC 3389), so that the end of speech is seen although the packets end. Sound that comes after
 * all then is added and not cut: recognition must not lose words, and the stream has become a little longer.
 *
 * <p>Of the shard's thread; allocates nothing per packet.
 */
final class Hearing implements ReorderWindow.Sink {

    /** Takes the stream. */
    interface Stream {

        /** The next samples, linear 16-bit at the sound's rate, at that position; the array is only lent. */
        void heard(short[] samples, int length, long position, long arrivalNanos);
    }

    private static final int FRAME_MILLIS = 20;

    /** Jitter beyond this is taken for a pause. */
    private static final int PATIENCE_MILLIS = 120;

    /** After comfort noise the sender has said that it pauses. */
    private static final int PATIENCE_IN_PAUSE_MILLIS = 20;

    /** Longest filling for what the clock has not filled: rest of patience, and some jitter. */
    private static final int LONGEST_FILL_MILLIS = 240;

    /** Frames made up in one round at most, after a stall of ours. */
    private static final int FRAMES_A_ROUND = 5;

    /** Of Opus (RFC 6716); a larger packet is not held back. */
    private static final int LARGEST_HELD = 1_275;

    private static final int COMFORT_NOISE = 13;

    /** The fullest datagram, of a codec with two samples a byte; and Opus' 120 ms at 48 kHz. */
    private static final int MOST_SAMPLES = 5_760;

    private final Stream stream;
    private final ReorderWindow window;
    private final short[] decoded = new short[MOST_SAMPLES];
    private final ComfortNoise noise = new ComfortNoise();
    private final Counter concealedMicros = new Counter();
    private final Counter undecodable = new Counter();

    private int rate;
    private int frame;
    private LossConcealer concealer;
    private @Nullable Codec current;
    private @Nullable FrameResampler resampler;
    private short[] resampled = new short[0];
    private @Nullable Codec[] codecs = new Codec[128];
    /** Samples that are missing before the next packet. */
    private long unheard;

    private boolean begun;
    private boolean paused;
    private boolean madeUp;
    private long position;
    private long filledByClock;
    private long lastArrival;
    private long arrival;

    Hearing(int reorderPackets, int rate, Stream stream) {
        this.stream = stream;
        this.rate = rate;
        frame = rate / 1_000 * FRAME_MILLIS;
        concealer = new LossConcealer(rate);
        window = new ReorderWindow(reorderPackets, LARGEST_HELD, this);
    }

    /** Codecs by payload type, and the rate that the stream has, from now on. */
    void codecs(@Nullable Codec[] byPayloadType, int soundRate) {
        codecs = byPayloadType;
        if (soundRate != rate) {
            position = position * soundRate / rate;
            filledByClock = filledByClock * soundRate / rate;
            rate = soundRate;
            frame = rate / 1_000 * FRAME_MILLIS;
            concealer = new LossConcealer(rate);
            fit();
        }
    }

    /**
     * An accepted packet, of sound or of digits.
     *
     * @param units how much sound it holds, in units of its codec's clock; 0 if none
     */
    void packet(RtpPacket packet, int units, long nowNanos) {
        arrival = nowNanos;
        if (units > 0) {
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
                units,
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
        long missing = ((nowNanos - lastArrival) / 1_000_000 - patience) * (rate / 1_000) - filledByClock;
        for (int i = 0; i < FRAMES_A_ROUND && missing >= frame; i++) {
            makeUp(frame);
            filledByClock += frame;
            missing -= frame;
        }
    }

    @Override
    public void frame(int payloadType, boolean marker, int timestamp, byte[] buf, int off, int len) {
        Codec codec = codecs[payloadType];
        if (codec == null) {
            if (payloadType == COMFORT_NOISE && len > 0) {
                noise.level(buf[off] & 0x7F);
                paused = true;
            }
            return;
        }
        paused = false;
        filledByClock = 0;
        if (codec != current) {
            conceal();
            change(codec);
        } else if (unheard > 0) {
            recover(codec, buf, off, len);
        }
        int count = codec.decode(buf, off, len, decoded, 0);
        if (count == 0) {
            undecodable.increment();
            return;
        }
        good(count);
    }

    private void good(int count) {
        FrameResampler to = resampler;
        if (to == null) {
            concealer.good(decoded, 0, count);
            emit(decoded, count);
        } else {
            int fitted = to.process(decoded, 0, count, resampled, 0);
            concealer.good(resampled, 0, fitted);
            emit(resampled, fitted);
        }
    }

    /** What was lost right before that packet, as far as its codec can tell; the rest is concealed before it. */
    private void recover(Codec codec, byte[] buf, int off, int len) {
        int samples = (int) (unheard * codec.sampleRate() / rate);
        int count = codec.recover(buf, off, len, decoded, 0, Math.min(samples, decoded.length));
        if (count > 0) {
            good(count);
            long recovered = (long) count * rate / codec.sampleRate();
            concealed(recovered);
            unheard -= recovered;
        }
        conceal();
    }

    /** Another payload type: what it brings does not go on from what that codec may have decoded before. */
    private void change(Codec next) {
        next.reset();
        current = next;
        fit();
    }

    private void fit() {
        Codec codec = current;
        if (codec == null || codec.sampleRate() == rate) {
            resampler = null;
        } else {
            FrameResampler to = new FrameResampler(codec.sampleRate(), rate);
            resampler = to;
            resampled = new short[to.maxOutput(MOST_SAMPLES)];
        }
    }

    @Override
    public boolean continues(int payloadType) {
        Codec before = current;
        Codec next = codecs[payloadType];
        return before == null || next == null || before.clockRate() == next.clockRate();
    }

    @Override
    public void restarted() {
        if (current != null) {
            current.reset();
        }
    }

    @Override
    public void lost(int units) {
        long missing = samples(units);
        unheard = unfilled(missing);
        // what the clock has filled meanwhile was loss, as is known now
        concealed(Math.min(missing, LONGEST_FILL_MILLIS * (rate / 1_000L)) - unheard);
    }

    @Override
    public void paused(long units) {
        conceal();
        for (long rest = unfilled(samples(units)); rest > 0; rest -= frame) {
            makeUp((int) Math.min(rest, frame));
        }
    }

    private long samples(long units) {
        return current == null ? 0 : units * rate / current.clockRate();
    }

    /** What the clock has filled already is not filled again; what the far clock claims beyond all reason is not either. */
    private long unfilled(long missing) {
        long rest = Math.min(missing - filledByClock, (long) LONGEST_FILL_MILLIS * (rate / 1_000));
        filledByClock = Math.max(0, filledByClock - missing);
        return Math.max(0, rest);
    }

    /** Makes up for what was lost before the next packet. */
    private void conceal() {
        while (unheard > 0) {
            int part = (int) Math.min(unheard, frame);
            makeUp(part);
            concealed(part);
            unheard -= part;
        }
        unheard = 0;
    }

    private void concealed(long samples) {
        if (samples > 0) {
            concealedMicros.add(samples * 1_000_000L / rate);
        }
    }

    /** Noise where the far side has said that it pauses, else what was said before, fading away. */
    private void makeUp(int count) {
        madeUp = true;
        if (paused) {
            noise.fill(decoded, 0, count);
            concealer.good(decoded, 0, count);
        } else {
            concealer.lost(decoded, 0, count);
        }
        emit(decoded, count);
        madeUp = false;
    }

    /** Whether what the stream is being given was made up for what is missing. */
    boolean isMadeUp() {
        return madeUp;
    }

    private void emit(short[] samples, int count) {
        stream.heard(samples, count, position, arrival);
        position += count;
    }

    long concealedFrames() {
        return concealedMicros.get() / (FRAME_MILLIS * 1_000);
    }

    /** Packets whose payload was none of their codec's. */
    long undecodable() {
        return undecodable.get();
    }

    /** Packets that came after they had been given up. */
    long late() {
        return window.late();
    }
}
