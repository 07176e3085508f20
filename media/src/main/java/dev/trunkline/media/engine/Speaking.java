package dev.trunkline.media.engine;

import dev.trunkline.media.dtmf.DtmfSender;
import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.playout.PlayoutBuffer;
import dev.trunkline.media.rtcp.SentSound;
import dev.trunkline.media.rtp.RtpPacket;
import dev.trunkline.media.rtp.TelephoneEventSender;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes the packets that go out: one frame of 20 ms each round, of digits (events or tones), of the playout, of the bridge, or silence, in
 * this order. The timestamp goes with the round's number and so with the clock, whatever was left out; only the sequence
 * number counts packets. Where another codec brings another clock, the timestamp goes on from where it is.
 *
 * <p>Of the shard's thread; allocates nothing per packet.
 */
final class Speaking {

    private static final int NO_PAYLOAD_TYPE = -1;

    private final PlayoutBuffer playout;
    private final SoundRate soundRate;
    private final Counter digitsDropped = new Counter();
    private final Counter packets = new Counter();
    private final Counter octets = new Counter();

    final int ssrc = ThreadLocalRandom.current().nextInt();
    private int sequence = ThreadLocalRandom.current().nextInt(1 << 16);
    private int baseTimestamp = ThreadLocalRandom.current().nextInt();
    private long baseRound;
    private long lastRound = -1;
    private long roundNow;
    private long roundNanos;
    private boolean marker = true;

    private AudioPayload payload = AudioPayload.PCMU;
    private volatile String codecName = payload.codec().name();
    private long packetMillis = Packing.FRAME_MILLIS;
    private Packing packing;
    private short[] bridged;
    private TelephoneEventSender digits;
    private @Nullable DtmfSender tones;
    private int digitPayloadType = NO_PAYLOAD_TYPE;

    /** Timestamp of the first sound that is not sent yet. */
    private int waitingFrom;

    private @Nullable BridgeInlet inlet;

    Speaking(PlayoutBuffer playout, SoundRate soundRate) {
        this.playout = playout;
        this.soundRate = soundRate;
        packing = Packing.of(payload, packetMillis, soundRate.now());
        bridged = new short[soundRate.now() / 50];
        digits = new TelephoneEventSender(packing.codec.clockRate());
    }

    /** Sends that from the next packet on. What goes on as before keeps its encoder and so its sound without a seam. */
    void agree(RtpParameters parameters) {
        digitPayloadType = parameters.sendDigits().orElse(NO_PAYLOAD_TYPE);
        long millis = parameters.packetTime().toMillis();
        if (!parameters.send().equals(payload) || millis != packetMillis || packing.soundRate != soundRate.now()) {
            payload = parameters.send();
            codecName = payload.codec().name();
            packetMillis = millis;
            repack();
        }
    }

    private void repack() {
        Packing before = packing;
        packing = Packing.of(payload, packetMillis, soundRate.now());
        bridged = new short[packing.soundRate / 50];
        if (tones != null && tones.sampleRate() != packing.soundRate) {
            digitsDropped.add(tones.waiting());
            tones = null;
        }
        int clock = packing.codec.clockRate();
        if (clock != before.codec.clockRate()) {
            baseTimestamp = timestamp(lastRound + 1, before);
            baseRound = lastRound + 1;
            digitsDropped.add(digits.waiting());
            digits = new TelephoneEventSender(clock);
        }
        marker = true;
        before.codec.close();
    }

    private int timestamp(long round, Packing as) {
        return baseTimestamp + (int) ((round - baseRound) * as.frameUnits());
    }

    /** Plays what comes from there when nothing else is to be said; null for nothing. */
    void bridge(@Nullable BridgeInlet other) {
        BridgeInlet before = inlet;
        inlet = other;
        if (before != null && before != other) {
            before.leave();
        }
    }

    void sendDigits(String keys) {
        if (digitPayloadType == NO_PAYLOAD_TYPE || !digits.send(keys)) {
            digitsDropped.add(keys.length());
        }
    }

    /** That round's turn was due then; whether anything is sent in it or not. */
    void clock(long round, long deadlineNanos) {
        roundNow = round;
        roundNanos = deadlineNanos;
    }

    /** What was sent so far, and the RTP clock now. */
    SentSound sent(long nowNanos) {
        int since = (int) ((nowNanos - roundNanos) / 1_000 * clockRate() / 1_000_000);
        return new SentSound(packets.get(), octets.get(), timestamp(roundNow, packing) + since);
    }

    /** Rate of the timestamps, in Hz. */
    int clockRate() {
        return packing.codec.clockRate();
    }

    /** Encoding name of what is sent; any thread. */
    String codec() {
        return codecName;
    }

    void sendTones(String keys) {
        if (tones == null || tones.sampleRate() != packing.soundRate) {
            tones = new DtmfSender(packing.soundRate);
        }
        if (!tones.send(keys)) {
            digitsDropped.add(keys.length());
        }
    }

    /** Nothing is sent in this round. */
    void pause() {
        marker = true;
        packing.clear();
    }

    /**
     * Goes on by this round's 20 ms and makes a packet if one is full; {@link #nextPacket} makes those that are full
     * beside it.
     *
     * @return its bytes, 0 if it is not full yet
     */
    int packet(byte[] out, long round, long nowNanos) {
        if (packing.soundRate != soundRate.now()) {
            repack();
        }
        int timestamp = timestamp(round, packing);
        if (round != lastRound + 1) {
            // something was left out: what is collected no longer joins on
            marker = true;
            packing.clear();
        }
        lastRound = round;
        BridgeInlet from = inlet;
        boolean fromBridge = from != null && from.pull(bridged, packing.soundRate, nowNanos);
        if (digits.active()) {
            if (digits.tick(timestamp)) {
                packing.clear();
                int length = header(out, digits.marker(), digitPayloadType, digits.timestamp());
                int event = digits.writePayload(out, length);
                octets.add(event);
                return length + event;
            }
            waitingFrom = timestamp - packing.waitingUnits();
            packing.silence();
        } else {
            waitingFrom = timestamp - packing.waitingUnits();
            if (tones != null && tones.active()) {
                tones.fill(bridged, 0, bridged.length);
                packing.linear(bridged);
            } else {
                collect(fromBridge);
            }
        }
        return nextPacket(out);
    }

    private void collect(boolean fromBridge) {
        switch (packing.take(playout)) {
            case SOUND -> {}
            case HELD, UNDERRUN -> packing.silence();
            case IDLE -> {
                if (fromBridge) {
                    packing.linear(bridged);
                } else {
                    packing.silence();
                }
            }
        }
    }

    /**
     * Another packet of this round.
     *
     * @return its bytes, 0 if there is none
     */
    int nextPacket(byte[] out) {
        int length = packing.payload(out, RtpPacket.HEADER);
        if (length == 0) {
            return 0;
        }
        header(out, marker, packing.codec.payloadType(), waitingFrom);
        octets.add(length);
        marker = false;
        waitingFrom += packing.packetUnits();
        return RtpPacket.HEADER + length;
    }

    private int header(byte[] out, boolean mark, int payloadType, int timestamp) {
        packets.increment();
        return RtpPacket.writeHeader(out, 0, mark, payloadType, sequence++ & 0xFFFF, timestamp, ssrc);
    }

    /** Gives the encoder back. */
    void close() {
        bridge(null);
        packing.codec.close();
    }

    long packets() {
        return packets.get();
    }

    long digitsDropped() {
        return digitsDropped.get();
    }
}
