package dev.trunkline.benchmarks;

import dev.trunkline.media.codec.G711;
import dev.trunkline.media.dtmf.DtmfDetector;
import dev.trunkline.media.resample.AudioConverter;
import dev.trunkline.media.rtp.TelephoneEventReceiver;
import dev.trunkline.media.wav.WavFile;
import dev.trunkline.media.wav.WavFormatException;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How often speech is taken for a key: runs the detector over every wave file in the given folders, at its own loudness and 6 dB
 * louder and softer, through mu-law, and counts the keys. {@code scripts/talkoff.sh FOLDER...}
 */
public final class TalkOff {

    private static final double[] GAINS = {1, 2, 0.5};
    private static final int FRAME = 160;
    private static final double SAMPLES_AN_HOUR = 8_000.0 * 3_600;

    private final StringBuilder keys = new StringBuilder();
    private long samples;
    private long found;
    private int files;

    private TalkOff() {}

    /** Takes files and folders; says each file in which a key was found, and the sum. */
    public static void main(String[] places) throws IOException {
        TalkOff run = new TalkOff();
        for (String place : places) {
            List<Path> paths;
            try (Stream<Path> all = Files.walk(Path.of(place))) {
                paths = all.filter(path -> path.toString().endsWith(".wav"))
                        .sorted()
                        .toList();
            }
            for (Path path : paths) {
                run.file(path);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d files, %.2f hours of sound (each at three levels), %d keys: %.3f an hour%n",
                run.files,
                run.samples / SAMPLES_AN_HOUR,
                run.found,
                run.samples == 0 ? 0 : run.found / (run.samples / SAMPLES_AN_HOUR));
    }

    private void file(Path path) throws IOException {
        short[] sound;
        try {
            sound = telephone(WavFile.read(path));
        } catch (WavFormatException e) {
            System.out.println("left out: " + e.getMessage());
            return;
        }
        files++;
        keys.setLength(0);
        for (double gain : GAINS) {
            listen(sound, gain);
        }
        if (!keys.isEmpty()) {
            System.out.println(path + ": " + keys);
        }
    }

    private static short[] telephone(AudioChunk chunk) {
        return new AudioConverter(chunk.format(), AudioFormat.PCM_8K)
                .convert(chunk)
                .toPcm();
    }

    private void listen(short[] sound, double gain) {
        DtmfDetector detector = new DtmfDetector(new TelephoneEventReceiver.Listener() {
            @Override
            public void keyDown(char key) {}

            @Override
            public void keyUp(char key, int millis) {
                keys.append(key).append('(').append(millis).append(" ms) ");
            }
        });
        short[] frame = new short[FRAME];
        byte[] coded = new byte[FRAME];
        for (int at = 0; at + FRAME <= sound.length; at += FRAME) {
            for (int i = 0; i < FRAME; i++) {
                frame[i] = (short) Math.clamp(Math.round(sound[at + i] * gain), Short.MIN_VALUE, Short.MAX_VALUE);
            }
            G711.linearToMulaw(frame, 0, FRAME, coded, 0);
            G711.mulawToLinear(coded, 0, FRAME, frame, 0);
            detector.hear(frame, 0, FRAME);
        }
        detector.close();
        samples += sound.length;
        found += detector.keys();
    }
}
