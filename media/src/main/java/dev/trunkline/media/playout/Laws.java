package dev.trunkline.media.playout;

import dev.trunkline.media.codec.G711;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.Encoding;
import java.util.Arrays;

/** Writes sound in the form that the line takes; copies where it has that form already. */
final class Laws {

    private static final int QUIETEST_STEP = 8;

    private Laws() {}

    static void write(AudioChunk sound, int from, int samples, Encoding wanted, byte[] out, int at) {
        byte[] data = sound.data();
        Encoding have = sound.format().encoding();
        if (have == wanted) {
            int size = wanted.bytesPerSample();
            System.arraycopy(data, from * size, out, at * size, samples * size);
            return;
        }
        for (int i = 0; i < samples; i++) {
            put(linear(data, from + i, have), wanted, out, at + i);
        }
    }

    /** Fills with silence. */
    static void silence(Encoding law, byte[] out, int from, int samples) {
        byte silent = switch (law) {
            case PCM16 -> 0;
            case MULAW -> G711.MULAW_SILENCE;
            case ALAW -> G711.ALAW_SILENCE;
        };
        int size = law.bytesPerSample();
        Arrays.fill(out, from * size, (from + samples) * size, silent);
    }

    /** Whether anything is louder than the quietest step of either law. */
    static boolean sounds(Encoding law, byte[] data, int from, int samples) {
        for (int i = from; i < from + samples; i++) {
            int value = linear(data, i, law);
            if (value > QUIETEST_STEP || value < -QUIETEST_STEP) {
                return true;
            }
        }
        return false;
    }

    static short linear(byte[] data, int index, Encoding law) {
        return switch (law) {
            case PCM16 -> (short) (data[2 * index] & 0xFF | data[2 * index + 1] << 8);
            case MULAW -> G711.mulawToLinear(data[index]);
            case ALAW -> G711.alawToLinear(data[index]);
        };
    }

    private static void put(short sample, Encoding law, byte[] out, int index) {
        switch (law) {
            case PCM16 -> {
                out[2 * index] = (byte) sample;
                out[2 * index + 1] = (byte) (sample >> 8);
            }
            case MULAW -> out[index] = G711.linearToMulaw(sample);
            case ALAW -> out[index] = G711.linearToAlaw(sample);
        }
    }
}
