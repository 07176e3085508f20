package dev.trunkline.media.engine;

import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.handover.SpscRing;
import dev.trunkline.media.jitter.AdaptiveJitterBuffer;
import dev.trunkline.media.jitter.JitterSettings;
import dev.trunkline.media.rtp.RtpPacket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one session of a bridge gets from the other: packets cross from the other's media thread in a ring, and pass the
 * jitter buffer on the thread of the session that plays them. Neither side waits.
 */
final class BridgeInlet {

    private static final int PACKETS = 64;
    private static final int LARGEST_PAYLOAD = 480;

    private static final class Crossing {
        private final byte[] payload = new byte[LARGEST_PAYLOAD];
        private @Nullable CodecType codec;
        private int length;
        private int ssrc;
        private int sequence;
        private int timestamp;
        private long arrivalNanos;
    }

    private final SpscRing<Crossing> ring = new SpscRing<>(PACKETS, Crossing::new);
    private final JitterSettings settings;
    private final Counter dropped = new Counter();
    private @Nullable CodecType codec;
    private @Nullable AdaptiveJitterBuffer buffer;

    BridgeInlet(int minDelayMillis, int maxDelayMillis) {
        settings = new JitterSettings(minDelayMillis, maxDelayMillis, LARGEST_PAYLOAD);
    }

    /** Hands a packet over; on the thread of the session that received it. */
    void offer(RtpPacket packet, CodecType packetCodec, long nowNanos) {
        Crossing slot = packet.payloadLength() > LARGEST_PAYLOAD ? null : ring.claim();
        if (slot == null) {
            dropped.increment();
            return;
        }
        slot.codec = packetCodec;
        slot.length = packet.payloadLength();
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
     * @return false if there is nothing but silence
     */
    boolean pull(short[] out, long nowNanos) {
        int waiting = ring.available();
        for (int i = 0; i < waiting; i++) {
            put(ring.peek(i));
        }
        ring.release(waiting);
        return buffer != null && buffer.pull(out, 0, nowNanos) != AdaptiveJitterBuffer.Played.SILENCE;
    }

    private void put(Crossing packet) {
        CodecType wanted = Objects.requireNonNull(packet.codec);
        if (buffer == null || wanted != codec) {
            codec = wanted;
            buffer = new AdaptiveJitterBuffer(wanted.create(), settings);
        }
        buffer.put(
                packet.ssrc,
                packet.sequence,
                packet.timestamp,
                packet.payload,
                0,
                packet.length,
                packet.length,
                packet.arrivalNanos);
    }

    /** Packets that found no room. */
    long dropped() {
        return dropped.get();
    }
}
