package dev.trunkline.models.telephone;

/** Sends sound through a narrow-band telephone line: 8 kHz, mu-law, and back to the 16 kHz that recognition takes. */
public final class TelephoneLine {

    private static final int HALF_WIDTH = 12;

    private TelephoneLine() {}

    /** Recorded or synthesised sound of any rate as a recogniser gets it from a call. */
    public static float[] through(short[] samples, int rate) {
        return floats(throughAsPcm(samples, rate));
    }

    /** The same in 16 bits. */
    public static short[] throughAsPcm(short[] samples, int rate) {
        short[] narrow = resample(samples, rate, 8_000);
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = expand(compress(narrow[i]));
        }
        return resample(narrow, 8_000, 16_000);
    }

    /** Samples as numbers from -1 to 1. */
    public static float[] floats(short[] samples) {
        float[] floats = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            floats[i] = samples[i] / 32_768f;
        }
        return floats;
    }

    /** Windowed-sinc resampling, slow and good. */
    public static short[] resample(short[] in, int from, int to) {
        if (from == to) {
            return in.clone();
        }
        double step = (double) from / to;
        double cutoff = 0.96 * Math.min(1, 1 / step);
        double reach = HALF_WIDTH / cutoff;
        short[] out = new short[(int) ((long) in.length * to / from)];
        for (int i = 0; i < out.length; i++) {
            double at = i * step;
            double sum = 0;
            for (int k = (int) Math.ceil(at - reach); k <= at + reach; k++) {
                if (k >= 0 && k < in.length) {
                    double x = (k - at) * cutoff;
                    double window = 0.5 + 0.5 * Math.cos(Math.PI * (k - at) / reach);
                    double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
                    sum += in[k] * sinc * window * cutoff;
                }
            }
            out[i] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return out;
    }

    private static int compress(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), 32_635) + 0x84;
        int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
        int mantissa = magnitude >> (exponent + 3) & 0x0f;
        return ~(sign | exponent << 4 | mantissa) & 0xff;
    }

    private static short expand(int code) {
        int bits = ~code & 0xff;
        int magnitude = ((bits & 0x0f) << 3) + 0x84 << (bits >> 4 & 7);
        return (short) ((bits & 0x80) != 0 ? 0x84 - magnitude : magnitude - 0x84);
    }
}
