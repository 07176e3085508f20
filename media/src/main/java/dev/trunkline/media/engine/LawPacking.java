package dev.trunkline.media.engine;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.G711;
import dev.trunkline.media.playout.PlayoutBuffer;
import dev.trunkline.sound.Encoding;
import java.util.Arrays;

/** The straight way of G.711: what is to be said in the line's law goes out byte by byte as it is. */
final class LawPacking extends Packing {

    private static final int FRAME = 160;

    private final Encoding law;
    private final byte silence;
    private final int packet;
    private final byte[] sound = new byte[LONGEST_MILLIS * 8];
    private int collected;

    LawPacking(Codec codec, boolean alaw, int packetMillis) {
        super(codec, SoundRate.NARROW, packetMillis);
        law = alaw ? Encoding.ALAW : Encoding.MULAW;
        silence = alaw ? G711.ALAW_SILENCE : G711.MULAW_SILENCE;
        packet = packetMillis * 8;
    }

    @Override
    PlayoutBuffer.Frame take(PlayoutBuffer playout) {
        PlayoutBuffer.Frame frame = playout.take(sound, collected, FRAME, law);
        if (frame == PlayoutBuffer.Frame.SOUND) {
            collected += FRAME;
        }
        return frame;
    }

    @Override
    void silence() {
        Arrays.fill(sound, collected, collected + FRAME, silence);
        collected += FRAME;
    }

    @Override
    void linear(short[] frame) {
        collected += codec.encode(frame, 0, FRAME, sound, collected);
    }

    @Override
    int payload(byte[] out, int off) {
        if (collected < packet) {
            return 0;
        }
        System.arraycopy(sound, 0, out, off, packet);
        collected -= packet;
        System.arraycopy(sound, packet, sound, 0, collected);
        return packet;
    }

    @Override
    int waitingUnits() {
        return collected;
    }

    @Override
    void clear() {
        collected = 0;
    }
}
