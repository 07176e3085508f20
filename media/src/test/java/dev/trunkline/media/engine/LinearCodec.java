package dev.trunkline.media.engine;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.CodecType;

/** Samples as they are, big-endian, at whatever rate and clock; a payload of an odd length is none. */
final class LinearCodec implements Codec {

    private final int type;
    private final int clockRate;
    private final int sampleRate;
    volatile int resets;

    private LinearCodec(int type, int clockRate, int sampleRate) {
        this.type = type;
        this.clockRate = clockRate;
        this.sampleRate = sampleRate;
    }

    static AudioPayload payload(int type, int clockRate, int sampleRate) {
        return new AudioPayload(
                type,
                new CodecType(
                        "L16-" + clockRate + "-" + sampleRate,
                        type,
                        clockRate,
                        sampleRate,
                        agreed -> new LinearCodec(agreed, clockRate, sampleRate)));
    }

    static byte[] bytes(short[] samples) {
        byte[] out = new byte[2 * samples.length];
        for (int i = 0; i < samples.length; i++) {
            out[2 * i] = (byte) (samples[i] >> 8);
            out[2 * i + 1] = (byte) samples[i];
        }
        return out;
    }

    @Override
    public String name() {
        return "L16";
    }

    @Override
    public int payloadType() {
        return type;
    }

    @Override
    public int clockRate() {
        return clockRate;
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int clockUnits(byte[] src, int off, int len) {
        return len % 2 != 0 ? 0 : (int) ((long) len / 2 * clockRate / sampleRate);
    }

    @Override
    public int decode(byte[] src, int off, int len, short[] out, int outOff) {
        if (len % 2 != 0) {
            return 0;
        }
        for (int i = 0; i < len / 2; i++) {
            out[outOff + i] = (short) (src[off + 2 * i] << 8 | src[off + 2 * i + 1] & 0xFF);
        }
        return len / 2;
    }

    @Override
    public int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
        for (int i = 0; i < samples; i++) {
            out[outOff + 2 * i] = (byte) (pcm[off + i] >> 8);
            out[outOff + 2 * i + 1] = (byte) pcm[off + i];
        }
        return 2 * samples;
    }

    @Override
    public void reset() {
        resets++;
    }
}
