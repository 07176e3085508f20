package dev.trunkline.media.dtmf;

import dev.trunkline.media.codec.G711;
import dev.trunkline.media.conceal.LossConcealer;
import dev.trunkline.media.rtp.TelephoneEventReceiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A telephone line on which keys are pressed by tones; every press begins at a place of its own against the detector's looks. */
final class KeyedLine {

    static final String ALL = "123A456B789C*0#D";
    private static final int[] ROWS = {697, 770, 852, 941};
    private static final int[] COLUMNS = {1_209, 1_336, 1_477, 1_633};
    private static final int FRAME = 160;

    private final Random random;
    private final List<short[]> pieces = new ArrayList<>();
    private final StringBuilder pressed = new StringBuilder();

    double rowLevel = -9;
    double columnLevel = -7;
    double detune;

    KeyedLine(long seed) {
        random = new Random(seed);
        silence(40 + random.nextInt(20));
    }

    KeyedLine silence(int millis) {
        pieces.add(new short[millis * 8 + random.nextInt(8)]);
        return this;
    }

    KeyedLine press(String keys, int toneMillis, int pauseMillis) {
        for (char key : keys.toCharArray()) {
            tone(key, toneMillis);
            silence(pauseMillis);
            pressed.append(key);
        }
        return this;
    }

    private void tone(char key, int millis) {
        double row = ROWS[ALL.indexOf(key) / 4] * (1 + (random.nextBoolean() ? detune : -detune));
        double column = COLUMNS[ALL.indexOf(key) % 4] * (1 + (random.nextBoolean() ? detune : -detune));
        double phase = random.nextDouble() * 6;
        short[] tone = new short[millis * 8];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = clip(peak(rowLevel) * Math.sin(2 * Math.PI * row * i / 8_000 + phase)
                    + peak(columnLevel) * Math.sin(2 * Math.PI * column * i / 8_000 - phase));
        }
        pieces.add(tone);
    }

    private static double peak(double level) {
        return 32_767 * Math.pow(10, (level - 3.17) / 20);
    }

    private static short clip(double value) {
        return (short) Math.clamp(Math.round(value), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    String pressed() {
        return pressed.toString();
    }

    short[] samples() {
        silence(200);
        short[] all = new short[pieces.stream().mapToInt(piece -> piece.length).sum() / FRAME * FRAME];
        int at = 0;
        for (short[] piece : pieces) {
            int part = Math.min(piece.length, all.length - at);
            System.arraycopy(piece, 0, all, at, part);
            at += part;
        }
        return all;
    }

    /** With white noise so many dB below the tones. */
    short[] noisy(double ratio) {
        short[] noisy = samples();
        double power = (Math.pow(peak(rowLevel), 2) + Math.pow(peak(columnLevel), 2)) / 2;
        double deviation = Math.sqrt(power / Math.pow(10, ratio / 10));
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = clip(noisy[i] + deviation * random.nextGaussian());
        }
        return noisy;
    }

    static short[] throughMulaw(short[] samples) {
        byte[] coded = new byte[samples.length];
        short[] decoded = new short[samples.length];
        G711.linearToMulaw(samples, 0, samples.length, coded, 0);
        G711.mulawToLinear(coded, 0, coded.length, decoded, 0);
        return decoded;
    }

    /** What was heard, each key with its length if wanted. */
    static final class Ear implements TelephoneEventReceiver.Listener {
        final StringBuilder keys = new StringBuilder();
        final List<Integer> millis = new ArrayList<>();

        @Override
        public void keyDown(char key) {
            keys.append(key);
        }

        @Override
        public void keyUp(char key, int length) {
            millis.add(length);
        }
    }

    static String heard(short[] samples) {
        Ear ear = new Ear();
        DtmfDetector detector = new DtmfDetector(ear);
        for (int at = 0; at + FRAME <= samples.length; at += FRAME) {
            detector.hear(samples, at, FRAME);
        }
        detector.close();
        return ear.keys.toString();
    }

    /** Frames of 20 ms get lost with that probability, never more than so many in a row, and are concealed. */
    String heardWithLoss(short[] samples, double probability, int mostInRow) {
        Ear ear = new Ear();
        DtmfDetector detector = new DtmfDetector(ear);
        LossConcealer concealer = new LossConcealer(8_000);
        short[] frame = new short[FRAME];
        int inRow = 0;
        for (int at = 0; at + FRAME <= samples.length; at += FRAME) {
            if (inRow < mostInRow && random.nextDouble() < probability) {
                inRow++;
                concealer.lost(frame, 0, FRAME);
                detector.concealed(FRAME);
            } else {
                inRow = 0;
                System.arraycopy(samples, at, frame, 0, FRAME);
                concealer.good(frame, 0, FRAME);
                detector.hear(frame, 0, FRAME);
            }
        }
        detector.close();
        return ear.keys.toString();
    }
}
