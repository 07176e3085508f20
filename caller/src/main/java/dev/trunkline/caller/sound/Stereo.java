package dev.trunkline.caller.sound;

import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.Encoding;

/** Two sounds side by side. Stateless. */
public final class Stereo {

    private Stereo() {}

    /** Two linear sounds of one channel and the same rate; the shorter one ends in silence. */
    public static AudioChunk of(AudioChunk left, AudioChunk right) {
        int rate = left.format().sampleRate();
        if (rate != right.format().sampleRate()) {
            throw new IllegalArgumentException("rates differ: " + left + ", " + right);
        }
        short[] l = left.toPcm();
        short[] r = right.toPcm();
        short[] both = new short[2 * Math.max(l.length, r.length)];
        for (int i = 0; i < l.length; i++) {
            both[2 * i] = l[i];
        }
        for (int i = 0; i < r.length; i++) {
            both[2 * i + 1] = r[i];
        }
        return new AudioChunk(
                new AudioFormat(Encoding.PCM16, rate, 2),
                AudioChunk.ofPcm(both, rate).data());
    }
}
