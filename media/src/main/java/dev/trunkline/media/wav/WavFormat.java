package dev.trunkline.media.wav;

import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.Encoding;

/**
 * The format chunk of a wave file.
 *
 * @param kind how a sample is written
 * @param width bytes of one sample of one channel
 * @param sampleRate in Hz
 * @param channels interleaved
 */
record WavFormat(Kind kind, int width, int sampleRate, int channels) {

    enum Kind {
        LINEAR,
        FLOAT,
        MULAW,
        ALAW
    }

    private static final int TAG_LINEAR = 1;
    private static final int TAG_FLOAT = 3;
    private static final int TAG_ALAW = 6;
    private static final int TAG_MULAW = 7;
    private static final int TAG_EXTENSIBLE = 0xFFFE;
    private static final int MAX_CHANNELS = 16;
    private static final int MAX_RATE = 192_000;

    static int tag(Encoding encoding) {
        return switch (encoding) {
            case PCM16 -> TAG_LINEAR;
            case MULAW -> TAG_MULAW;
            case ALAW -> TAG_ALAW;
        };
    }

    static WavFormat parse(byte[] fmt) throws WavFormatException {
        if (fmt.length < 16) {
            throw new WavFormatException("its format chunk has only " + fmt.length + " bytes");
        }
        int tag = (int) WavFile.unsigned(fmt, 0, 2);
        int channels = (int) WavFile.unsigned(fmt, 2, 2);
        long sampleRate = WavFile.unsigned(fmt, 4, 4);
        int blockAlign = (int) WavFile.unsigned(fmt, 12, 2);
        int bits = (int) WavFile.unsigned(fmt, 14, 2);
        if (tag == TAG_EXTENSIBLE) {
            if (fmt.length < 26) {
                throw new WavFormatException("its extensible format chunk has only " + fmt.length + " bytes");
            }
            tag = (int) WavFile.unsigned(fmt, 24, 2);
        }
        if (channels < 1 || channels > MAX_CHANNELS) {
            throw new WavFormatException("it has " + channels + " channels; 1 to " + MAX_CHANNELS + " are read");
        }
        if (sampleRate < 1 || sampleRate > MAX_RATE) {
            throw new WavFormatException("its rate is " + sampleRate + " Hz; up to " + MAX_RATE + " are read");
        }
        // samples may lie in wider containers than their bits say
        int width = blockAlign > 0 && blockAlign % channels == 0 ? blockAlign / channels : (bits + 7) / 8;
        if (bits > width * 8) {
            throw new WavFormatException("its samples of " + bits + " bits don't fit into " + width + " bytes");
        }
        Kind kind = kind(tag, width);
        return new WavFormat(kind, width, (int) sampleRate, channels);
    }

    private static Kind kind(int tag, int width) throws WavFormatException {
        boolean fits = switch (tag) {
            case TAG_LINEAR -> width >= 1 && width <= 4;
            case TAG_FLOAT -> width == 4 || width == 8;
            case TAG_MULAW, TAG_ALAW -> width == 1;
            default ->
                throw new WavFormatException(
                        "its sound is compressed (format " + tag + "); linear, float, mu-law and A-law are read");
        };
        if (!fits) {
            throw new WavFormatException("samples of " + width * 8 + " bits are not read in format " + tag);
        }
        return switch (tag) {
            case TAG_LINEAR -> Kind.LINEAR;
            case TAG_FLOAT -> Kind.FLOAT;
            case TAG_MULAW -> Kind.MULAW;
            default -> Kind.ALAW;
        };
    }

    int blockAlign() {
        return width * channels;
    }

    AudioChunk toChunk(byte[] data) {
        return switch (kind) {
            case MULAW -> new AudioChunk(new AudioFormat(Encoding.MULAW, sampleRate, channels), data);
            case ALAW -> new AudioChunk(new AudioFormat(Encoding.ALAW, sampleRate, channels), data);
            default -> new AudioChunk(new AudioFormat(Encoding.PCM16, sampleRate, channels), toLinear16(data));
        };
    }

    private byte[] toLinear16(byte[] data) {
        if (kind == Kind.LINEAR && width == 2) {
            return data;
        }
        int samples = data.length / width;
        byte[] out = new byte[samples * 2];
        for (int i = 0; i < samples; i++) {
            int value = kind == Kind.FLOAT ? fromFloat(data, i * width) : fromLinear(data, i * width);
            out[2 * i] = (byte) value;
            out[2 * i + 1] = (byte) (value >> 8);
        }
        return out;
    }

    private int fromLinear(byte[] data, int at) {
        if (width == 1) {
            return ((data[at] & 0xFF) - 128) << 8;
        }
        int high = at + width - 2;
        int value = (short) ((data[high] & 0xFF) | data[high + 1] << 8);
        int next = data[high - 1] & 0x80;
        return next != 0 ? Math.min(Short.MAX_VALUE, value + 1) : value;
    }

    private int fromFloat(byte[] data, int at) {
        double value = width == 4
                ? Float.intBitsToFloat((int) WavFile.unsigned(data, at, 4))
                : Double.longBitsToDouble(WavFile.unsigned(data, at, 8));
        return (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(value * 32_768)));
    }
}
