package dev.trunkline.caller.wire;

import dev.trunkline.caller.report.Traffic;
import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.resample.FrameResampler;
import dev.trunkline.media.rtp.RtpPacket;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes packets, counts what is wrong with them, and gives the sound with its place on the clock. Nothing is repaired: a test
 * client must not hide what the server did. Used by one thread.
 */
final class RtpReceiver {

    /** Takes a frame of sound. */
    interface Sink {
        /**
         * @param position first sample's place, in samples since the answer
         * @param fresh false for a packet that came before, whose sound is known
         */
        void frame(long arrivalNanos, long position, short[] pcm, int length, boolean fresh);

        /** A key that the far side pressed, once. */
        void key(char digit);
    }

    private static final String DIGITS = "0123456789*#ABCD";

    /** A timestamp that lies further than this from the arrival was not counted on: 1 s. */
    private static final int ASTRAY = 8_000;

    private final Map<Integer, Codec> codecs = new HashMap<>();
    private final IntFunction<Optional<CodecType>> codecOf;
    private final int eventType;
    private final Sink sink;
    private final RtpPacket packet = new RtpPacket();
    private final Map<Codec, FrameResampler> resamplers = new HashMap<>();
    private final short[] decoded = new short[5_760];
    private short[] pcm = new short[4_096];
    private int clockRate = 8_000;
    private final BitSet seen = new BitSet();

    private boolean started;
    private int ssrc;
    private long firstSequence;
    private long highest;
    private int lastTimestamp;
    private long lastPosition;
    private int lastEvent;
    private boolean eventSeen;
    private long lastArrival;
    private long lastTransitArrival;
    private int lastTransitTimestamp;
    private double jitter;

    private long received;
    private long lostBefore;
    private long duplicates;
    private long outOfOrder;
    private long sources;
    private long malformed;
    private long longestGapNanos;

    RtpReceiver(IntFunction<Optional<CodecType>> codecOf, int eventType, Sink sink) {
        this.codecOf = codecOf;
        this.eventType = eventType;
        this.sink = sink;
    }

    void datagram(byte[] data, int length, long arrivalNanos) {
        if (packet.wrap(data, 0, length) != RtpPacket.Fault.NONE) {
            malformed++;
            return;
        }
        boolean event = packet.payloadType() == eventType;
        @Nullable Codec codec = event ? null : codec(packet.payloadType());
        if (!event && codec == null) {
            malformed++;
            return;
        }
        received++;
        if (!started || packet.ssrc() != ssrc) {
            begin(arrivalNanos);
        } else {
            longestGapNanos = Math.max(longestGapNanos, arrivalNanos - lastArrival);
        }
        lastArrival = arrivalNanos;
        if (codec != null) {
            clock(codec.clockRate(), arrivalNanos);
            measureJitter(arrivalNanos);
        }
        boolean fresh = count(packet.sequence());
        if (codec == null) {
            event(fresh);
            return;
        }
        int bytes = Math.min(packet.payloadLength(), decoded.length / 2);
        int samples = codec.decode(packet.array(), packet.payloadOffset(), bytes, decoded, 0);
        FrameResampler to = resamplers.computeIfAbsent(codec, c -> new FrameResampler(c.sampleRate(), 8_000));
        if (pcm.length < to.maxOutput(samples)) {
            pcm = new short[to.maxOutput(samples)];
        }
        sink.frame(arrivalNanos, position(arrivalNanos), pcm, to.process(decoded, 0, samples, pcm, 0), fresh);
    }

    /** Another codec may count in another clock; then its timestamps do not go on from those before. */
    private void clock(int rate, long arrivalNanos) {
        if (rate != clockRate) {
            jitter = jitter * rate / clockRate;
            clockRate = rate;
            lastTimestamp = packet.timestamp();
            lastPosition = samples(arrivalNanos);
            lastTransitArrival = arrivalNanos;
            lastTransitTimestamp = packet.timestamp();
        }
    }

    /** Gives the decoders back. */
    void close() {
        codecs.values().forEach(Codec::close);
    }

    /** The counts so far. */
    Traffic.Received counts() {
        long missing = started ? highest - firstSequence + 1 - seen.cardinality() : 0;
        return new Traffic.Received(
                received,
                lostBefore + missing,
                duplicates,
                outOfOrder,
                sources,
                malformed,
                jitter * 1_000 / clockRate,
                longestGapNanos / 1e6);
    }

    private @Nullable Codec codec(int payloadType) {
        return codecs.computeIfAbsent(
                payloadType, type -> codecOf.apply(type).map(CodecType::create).orElse(null));
    }

    private void begin(long arrivalNanos) {
        if (started) {
            lostBefore += highest - firstSequence + 1 - seen.cardinality();
        }
        started = true;
        sources++;
        ssrc = packet.ssrc();
        seen.clear();
        firstSequence = packet.sequence();
        highest = firstSequence;
        lastTimestamp = packet.timestamp();
        lastPosition = samples(arrivalNanos);
        lastArrival = arrivalNanos;
        lastTransitArrival = arrivalNanos;
        lastTransitTimestamp = packet.timestamp();
        eventSeen = false;
    }

    /** Extends the sequence number to the cycle nearest to the highest so far, and says whether it is new. */
    private boolean count(int sequence) {
        long extended = (highest & ~0xFFFFL) + sequence;
        if (extended - highest > 0x8000) {
            extended -= 0x10000;
        } else if (highest - extended > 0x8000) {
            extended += 0x10000;
        }
        if (extended < firstSequence) {
            outOfOrder++;
            return true;
        }
        int index = (int) (extended - firstSequence);
        if (seen.get(index)) {
            duplicates++;
            return false;
        }
        seen.set(index);
        if (extended < highest) {
            outOfOrder++;
        }
        highest = Math.max(highest, extended);
        return true;
    }

    private long position(long arrivalNanos) {
        long position = lastPosition + (long) (packet.timestamp() - lastTimestamp) * 8_000 / clockRate;
        if (Math.abs(position - samples(arrivalNanos)) > ASTRAY) {
            position = samples(arrivalNanos);
        }
        lastPosition = position;
        lastTimestamp = packet.timestamp();
        return position;
    }

    private void event(boolean fresh) {
        if (fresh && packet.payloadLength() >= 4 && (!eventSeen || packet.timestamp() != lastEvent)) {
            int code = packet.array()[packet.payloadOffset()] & 0xFF;
            eventSeen = true;
            lastEvent = packet.timestamp();
            if (code < DIGITS.length()) {
                sink.key(DIGITS.charAt(code));
            }
        }
    }

    /** RFC 3550, section 6.4.1, in units of the timestamp. */
    private void measureJitter(long arrivalNanos) {
        double transit =
                (arrivalNanos - lastTransitArrival) * 1e-9 * clockRate - (packet.timestamp() - lastTransitTimestamp);
        jitter += (Math.abs(transit) - jitter) / 16;
        lastTransitArrival = arrivalNanos;
        lastTransitTimestamp = packet.timestamp();
    }

    private static long samples(long nanos) {
        return nanos * 8 / 1_000_000;
    }
}
