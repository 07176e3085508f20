package dev.trunkline.media.engine;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.handover.SpscRing;
import dev.trunkline.media.jitter.AdaptiveJitterBuffer;
import dev.trunkline.media.jitter.JitterSettings;
import dev.trunkline.media.resample.FrameResampler;
import dev.trunkline.media.rtp.RtpPacket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one session of a bridge gets from the other: packets cross from the other's media thread in a ring, and pass the
 * jitter buffer on the thread of the session that plays them, at its own rate. Neither side waits.
 */
final class BridgeInlet {

    private static final int PACKETS = 64;

    /** Of Opus (RFC 6716); 120 ms of G.722 are less. */
    private static final int LARGEST_PAYLOAD = 1_275;

    private static final class Crossing {
        private final byte[] payload = new byte[LARGEST_PAYLOAD];
        private @Nullable CodecType codec;
        private int length;
        private int units;
        private int ssrc;
        private int sequence;
        private int timestamp;
        private long arrivalNanos;
    }

    private final SpscRing<Crossing> ring = new SpscRing<>(PACKETS, Crossing::new);
    private final JitterSettings settings;
    private final Counter dropped = new Counter();
    private @Nullable CodecType type;
    private @Nullable Codec codec;
    private @Nullable AdaptiveJitterBuffer buffer;
    private @Nullable FrameResampler resampler;
    private short[] frame = new short[0];

    BridgeInlet(int minDelayMillis, int maxDelayMillis) {
        settings = new JitterSettings(minDelayMillis, maxDelayMillis, LARGEST_PAYLOAD);
    }

    /**
     * Hands a packet over; on the thread of the session that received it.
     *
     * @param units how much sound it holds, in timestamp units
     */
    void offer(RtpPacket packet, CodecType packetCodec, int units, long nowNanos) {
        Crossing slot = packet.payloadLength() > LARGEST_PAYLOAD ? null : ring.claim();
        if (slot == null) {
            dropped.increment();
            return;
        }
        slot.codec = packetCodec;
        slot.length = packet.payloadLength();
        slot.units = units;
        slot.ssrc = packet.ssrc();
        slot.sequence = packet.sequence();
        slot.timestamp = packet.timestamp();
        slot.arrivalNanos = nowNanos;
        System.arraycopy(packet.array(), packet.payloadOffset(), slot.payload, 0, slot.length);
        ring.publish();
    }

    /**
     * Takes the next 20 ms; on the thread of the session that plays.
     *
     * @param rate wanted, in Hz
     * @return false if there is nothing but silence
     */
    boolean pull(short[] out, int rate, long nowNanos) {
        int waiting = ring.available();
        for (int i = 0; i < waiting; i++) {
            put(ring.peek(i));
        }
        ring.release(waiting);
        AdaptiveJitterBuffer from = buffer;
        Codec by = codec;
        if (from == null || by == null) {
            return false;
        }
        if (by.sampleRate() == rate) {
            return from.pull(out, 0, nowNanos) != AdaptiveJitterBuffer.Played.SILENCE;
        }
        FrameResampler to = resampler;
        if (to == null || to.inRate() != by.sampleRate() || to.outRate() != rate) {
            to = new FrameResampler(by.sampleRate(), rate);
            resampler = to;
            frame = new short[from.frameSamples()];
        }
        if (from.pull(frame, 0, nowNanos) == AdaptiveJitterBuffer.Played.SILENCE) {
            to.reset();
            return false;
        }
        to.process(frame, 0, frame.length, out, 0);
        return true;
    }

    private void put(Crossing packet) {
        CodecType wanted = Objects.requireNonNull(packet.codec);
        if (buffer == null || wanted != type) {
            leave();
            type = wanted;
            codec = wanted.create();
            buffer = new AdaptiveJitterBuffer(codec, settings);
        }
        buffer.put(
                packet.ssrc,
                packet.sequence,
                packet.timestamp,
                packet.payload,
                0,
                packet.length,
                packet.units,
                packet.arrivalNanos);
    }

    /** Nobody plays it any more: gives the decoder back. On the thread of the session that played. */
    void leave() {
        Codec before = codec;
        codec = null;
        buffer = null;
        if (before != null) {
            before.close();
        }
    }

    /** Packets that found no room. */
    long dropped() {
        return dropped.get();
    }
}
