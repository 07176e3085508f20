package dev.trunkline.media.vad;

import java.util.Objects;

/**
 * Voice activity by loudness over a noise floor that adapts: it falls at once with quieter sound and rises slowly, by
 * about 6 dB a second. The probability is a logistic curve over the distance to the floor, one half at
 * {@value #SPEECH_OVER_FLOOR_DB} dB. Takes any sound that is loud enough for speech: the fallback where no model is.
 */
public final class EnergyVad implements VoiceActivityModel {

    private static final int WINDOW = 256;
    private static final int BATCH = 64;
    private static final double SPEECH_OVER_FLOOR_DB = 12;
    private static final double STEEPNESS_DB = 2;
    private static final double RISE_DB_PER_WINDOW = 6 * WINDOW / 8_000.0;
    private static final double FALL = 0.3;
    private static final double LOWEST_FLOOR_DB = -62;
    private static final double HIGHEST_FLOOR_DB = -30;

    private static final class Floor implements Memory {
        private double floorDb = -50;
    }

    @Override
    public int windowSamples() {
        return WINDOW;
    }

    @Override
    public int maxBatch() {
        return BATCH;
    }

    @Override
    public Memory newMemory() {
        return new Floor();
    }

    @Override
    public void infer(Memory[] memories, short[][] windows, float[] probabilities, int count) {
        for (int i = 0; i < count; i++) {
            probabilities[i] = judge((Floor) Objects.requireNonNull(memories[i]), windows[i]);
        }
    }

    private static float judge(Floor floor, short[] window) {
        double sum = 0;
        for (short sample : window) {
            sum += (double) sample * sample;
        }
        double db = 10 * Math.log10(sum / window.length / (32_768.0 * 32_768.0) + 1e-10);
        double over = db - floor.floorDb;
        float probability = (float) (1 / (1 + Math.exp((SPEECH_OVER_FLOOR_DB - over) / STEEPNESS_DB)));
        double next = over < 0 ? floor.floorDb + over * FALL : floor.floorDb + Math.min(over, RISE_DB_PER_WINDOW);
        floor.floorDb = Math.clamp(next, LOWEST_FLOOR_DB, HIGHEST_FLOOR_DB);
        return probability;
    }
}
