package dev.trunkline.media.tone;

/**
 * How much of a piece of sound is each of some given frequencies, by Goertzel's algorithm: good for finding a signature
 * of tones in a call. Resolution is the rate divided by the length of the piece. Immutable, for all threads.
 */
public final class ToneDetector {

    private final double[] frequencies;
    private final double[] coefficients;

    /**
     * @param sampleRate of the sound, in Hz
     * @param frequencies in Hz, below half the rate
     */
    public ToneDetector(int sampleRate, double... frequencies) {
        this.frequencies = frequencies.clone();
        coefficients = new double[frequencies.length];
        for (int i = 0; i < frequencies.length; i++) {
            if (frequencies[i] <= 0 || frequencies[i] >= sampleRate / 2.0) {
                throw new IllegalArgumentException("frequency out of range: " + frequencies[i]);
            }
            coefficients[i] = 2 * Math.cos(2 * Math.PI * frequencies[i] / sampleRate);
        }
    }

    /** The amplitude (peak) of one frequency in the piece, 0 to 32,768. */
    public double amplitude(int index, short[] pcm, int off, int samples) {
        double coefficient = coefficients[index];
        double before = 0;
        double now = 0;
        for (int i = off; i < off + samples; i++) {
            double next = pcm[i] + coefficient * now - before;
            before = now;
            now = next;
        }
        double power = now * now + before * before - coefficient * now * before;
        return samples == 0 ? 0 : 2 * Math.sqrt(Math.max(0, power)) / samples;
    }

    /** The part of the piece's energy that is that frequency, 0 to about 1; 0 for silence. */
    public double share(int index, short[] pcm, int off, int samples) {
        double energy = 0;
        for (int i = off; i < off + samples; i++) {
            energy += (double) pcm[i] * pcm[i];
        }
        double amplitude = amplitude(index, pcm, off, samples);
        return energy == 0 ? 0 : amplitude * amplitude / 2 * samples / energy;
    }

    /**
     * The frequency that is most of the piece.
     *
     * @param leastShare the part of the energy that it must have, 0 to 1
     * @return its index, or -1 if none has that part
     */
    public int dominant(short[] pcm, int off, int samples, double leastShare) {
        int best = -1;
        double bestShare = leastShare;
        for (int i = 0; i < frequencies.length; i++) {
            double share = share(i, pcm, off, samples);
            if (share > 0 && share >= bestShare) {
                bestShare = share;
                best = i;
            }
        }
        return best;
    }

    /** The frequency at an index, in Hz. */
    public double frequency(int index) {
        return frequencies[index];
    }
}
