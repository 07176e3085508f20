package dev.trunkline.media.engine;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.codec.G711;
import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.playout.PlayoutBuffer;
import dev.trunkline.media.rtp.RtpPacket;
import dev.trunkline.media.rtp.TelephoneEventSender;
import dev.trunkline.sound.Encoding;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes the packets that go out: one frame of 20 ms each round, of digits, of the playout, of the bridge, or silence, in
 * this order. The timestamp goes with the round's number and so with the clock, whatever was left out; only the sequence
 * number counts packets.
 *
 * <p>Of the shard's thread; allocates nothing per packet.
 */
final class Speaking {

    private static final int FRAME = 160;
    private static final int FRAME_MILLIS = 20;
    private static final int MOST_FRAMES = 3;
    private static final int NO_PAYLOAD_TYPE = -1;

    private final PlayoutBuffer playout;
    private final TelephoneEventSender digits = new TelephoneEventSender(8_000);
    private final short[] bridged = new short[FRAME];
    private final byte[] sound = new byte[MOST_FRAMES * FRAME];
    private final Counter digitsDropped = new Counter();
    private final Counter packets = new Counter();

    final int ssrc = ThreadLocalRandom.current().nextInt();
    private final int firstTimestamp = ThreadLocalRandom.current().nextInt();
    private int sequence = ThreadLocalRandom.current().nextInt(1 << 16);
    private long lastRound = -1;
    private boolean marker = true;

    private Codec codec = Codecs.PCMU.create();
    private Encoding law = Encoding.MULAW;
    private byte silence = G711.MULAW_SILENCE;
    private int digitPayloadType = NO_PAYLOAD_TYPE;
    private int framesInPacket = 1;
    private int collected;
    private int collectedTimestamp;
    private @Nullable BridgeInlet inlet;

    Speaking(PlayoutBuffer playout) {
        this.playout = playout;
    }

    /** Sends that from the next packet on. */
    void agree(RtpParameters parameters) {
        AudioPayload payload = parameters.send();
        codec = payload.codec().create(payload.payloadType());
        boolean alaw = payload.codec() == Codecs.PCMA;
        law = alaw ? Encoding.ALAW : Encoding.MULAW;
        silence = alaw ? G711.ALAW_SILENCE : G711.MULAW_SILENCE;
        digitPayloadType = parameters.sendDigits().orElse(NO_PAYLOAD_TYPE);
        int frames = (int) (parameters.packetTime().toMillis() / FRAME_MILLIS);
        boolean whole = parameters.packetTime().toMillis() % FRAME_MILLIS == 0;
        framesInPacket = whole && frames >= 1 && frames <= MOST_FRAMES ? frames : 1;
        collected = 0;
    }

    /** Plays what comes from there when nothing else is to be said; null for nothing. */
    void bridge(@Nullable BridgeInlet other) {
        inlet = other;
    }

    void sendDigits(String keys) {
        if (digitPayloadType == NO_PAYLOAD_TYPE || !digits.send(keys)) {
            digitsDropped.add(keys.length());
        }
    }

    /** Nothing is sent in this round. */
    void pause() {
        marker = true;
        collected = 0;
    }

    /**
     * Makes this round's packet.
     *
     * @return its bytes, 0 if it is not full yet
     */
    int packet(byte[] out, long round, long nowNanos) {
        int timestamp = firstTimestamp + (int) (round * FRAME);
        if (round != lastRound + 1) {
            // something was left out: what is collected no longer joins on
            marker = true;
            collected = 0;
        }
        lastRound = round;
        BridgeInlet from = inlet;
        boolean fromBridge = from != null && from.pull(bridged, nowNanos);
        if (digits.active()) {
            if (digits.tick(timestamp)) {
                collected = 0;
                int length = header(out, digits.marker(), digitPayloadType, digits.timestamp());
                return length + digits.writePayload(out, length);
            }
            silentFrame();
        } else {
            switch (playout.take(sound, collected, FRAME, law)) {
                case SOUND -> {}
                case HELD, UNDERRUN -> silentFrame();
                case IDLE -> {
                    if (fromBridge) {
                        codec.encode(bridged, 0, FRAME, sound, collected);
                    } else {
                        silentFrame();
                    }
                }
            }
        }
        if (collected == 0) {
            collectedTimestamp = timestamp;
        }
        collected += FRAME;
        if (collected < framesInPacket * FRAME) {
            return 0;
        }
        int length = header(out, marker, codec.payloadType(), collectedTimestamp);
        marker = false;
        System.arraycopy(sound, 0, out, length, collected);
        length += collected;
        collected = 0;
        return length;
    }

    private void silentFrame() {
        Arrays.fill(sound, collected, collected + FRAME, silence);
    }

    private int header(byte[] out, boolean mark, int payloadType, int timestamp) {
        packets.increment();
        return RtpPacket.writeHeader(out, 0, mark, payloadType, sequence++ & 0xFFFF, timestamp, ssrc);
    }

    long packets() {
        return packets.get();
    }

    long digitsDropped() {
        return digitsDropped.get();
    }
}
