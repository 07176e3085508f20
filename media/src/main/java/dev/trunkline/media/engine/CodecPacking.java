package dev.trunkline.media.engine;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.playout.PlayoutBuffer;
import dev.trunkline.media.resample.FrameResampler;
import dev.trunkline.sound.Encoding;
import java.util.Arrays;

/** The way of every other codec: linear samples, at another rate if the codec wants one, encoded packet by packet. */
final class CodecPacking extends Packing {

    private final int frame;
    private final byte[] bytes;
    private final short[] linear;
    private final FrameResampler resampler;
    private final short[] sound;
    private final int packet;
    private int collected;

    CodecPacking(Codec codec, int soundRate, int packetMillis) {
        super(codec, soundRate, packetMillis);
        frame = soundRate / 1_000 * FRAME_MILLIS;
        bytes = new byte[2 * frame];
        linear = new short[frame];
        resampler = new FrameResampler(soundRate, codec.sampleRate());
        packet = codec.sampleRate() / 1_000 * packetMillis;
        sound = new short[codec.sampleRate() / 1_000 * (LONGEST_MILLIS - FRAME_MILLIS) + resampler.maxOutput(frame)];
    }

    @Override
    PlayoutBuffer.Frame take(PlayoutBuffer playout) {
        PlayoutBuffer.Frame taken = playout.take(bytes, 0, frame, Encoding.PCM16);
        if (taken == PlayoutBuffer.Frame.SOUND) {
            for (int i = 0; i < frame; i++) {
                linear[i] = (short) (bytes[2 * i] & 0xFF | bytes[2 * i + 1] << 8);
            }
            linear(linear);
        }
        return taken;
    }

    @Override
    void silence() {
        Arrays.fill(linear, (short) 0);
        linear(linear);
    }

    @Override
    void linear(short[] samples) {
        collected += resampler.process(samples, 0, frame, sound, collected);
    }

    @Override
    int payload(byte[] out, int off) {
        if (collected < packet) {
            return 0;
        }
        int written = codec.encode(sound, 0, packet, out, off);
        collected -= packet;
        System.arraycopy(sound, packet, sound, 0, collected);
        return written;
    }

    @Override
    int waitingUnits() {
        return (int) ((long) collected * codec.clockRate() / codec.sampleRate());
    }

    @Override
    void clear() {
        collected = 0;
        resampler.reset();
    }
}
