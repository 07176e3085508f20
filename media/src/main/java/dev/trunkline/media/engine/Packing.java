package dev.trunkline.media.engine;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.playout.PlayoutBuffer;

/**
 * Makes payloads of one codec and of the agreed length out of frames of 20 ms. A length that is no multiple of 20 ms
 * comes out right on average: 30 ms are two packets in three rounds, 10 ms two packets a round.
 *
 * <p>Of the shard's thread; allocates nothing per packet.
 */
abstract sealed class Packing permits LawPacking, CodecPacking {

    static final int FRAME_MILLIS = 20;
    private static final int LONGEST_PACKET_MILLIS = 60;

    final Codec codec;
    final int soundRate;
    final int packetMillis;

    /** Whatever is left of a packet, and a frame more. */
    static final int LONGEST_MILLIS = LONGEST_PACKET_MILLIS + FRAME_MILLIS;

    Packing(Codec codec, int soundRate, int packetMillis) {
        this.codec = codec;
        this.soundRate = soundRate;
        this.packetMillis = packetMillis;
    }

    /** For that codec, from sound of that rate; a length that can't be had is 20 ms. */
    static Packing of(AudioPayload payload, long wantedMillis, int soundRate) {
        CodecType type = payload.codec();
        Codec codec = type.create(payload.payloadType(), payload.parameters());
        int millis = wantedMillis >= 10
                        && wantedMillis <= LONGEST_PACKET_MILLIS
                        && wantedMillis % 10 == 0
                        && codec.packs((int) wantedMillis)
                ? (int) wantedMillis
                : FRAME_MILLIS;
        return (type == Codecs.PCMU || type == Codecs.PCMA) && soundRate == codec.sampleRate()
                ? new LawPacking(codec, type == Codecs.PCMA, millis)
                : new CodecPacking(codec, soundRate, millis);
    }

    /** Adds the next frame of what is to be said, if there is one. */
    abstract PlayoutBuffer.Frame take(PlayoutBuffer playout);

    /** Adds a frame of silence. */
    abstract void silence();

    /** Adds a frame of linear samples at the sound's rate. */
    abstract void linear(short[] frame);

    /**
     * Writes the next payload.
     *
     * @return its bytes, 0 if it is not full yet
     */
    abstract int payload(byte[] out, int off);

    /** What waits for the rest of its packet, in units of the clock. */
    abstract int waitingUnits();

    /** Forgets what waits for the rest of its packet. */
    abstract void clear();

    /** Sound of one frame, in units of the clock. */
    final int frameUnits() {
        return codec.clockRate() / 1_000 * FRAME_MILLIS;
    }

    /** Sound of one packet, in units of the clock. */
    final int packetUnits() {
        return codec.clockRate() / 1_000 * packetMillis;
    }
}
