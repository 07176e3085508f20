package dev.trunkline.caller.speech;

import dev.trunkline.caller.sound.Pieces;
import dev.trunkline.caller.sound.TelephoneSound;
import dev.trunkline.models.moonshine.Moonshine;
import dev.trunkline.models.moonshine.MoonshineSize;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The local model as the caller's ears: the base one if it is there, else the tiny one. Thread-safe; recognises on the
 * calling thread.
 */
public final class LocalRecogniser implements Recogniser, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LocalRecogniser.class.getName());
    private static final int PIECE_SECONDS = 12;

    /** Silence around each piece: these models invent words in very short sounds. */
    private static final int MARGIN = Moonshine.SAMPLE_RATE / 5;

    private final Moonshine model;

    private LocalRecogniser(Moonshine model) {
        this.model = model;
    }

    /**
     * Loads the best model in the folder.
     *
     * @throws IOException if there is none, or it can't be loaded
     */
    public static LocalRecogniser load(Path models) throws IOException {
        try {
            return load(models, MoonshineSize.BASE);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the base model is not there, listening with the tiny one: {0}", e);
            return load(models, MoonshineSize.TINY);
        }
    }

    /**
     * Loads that model.
     *
     * @throws IOException if it can't be loaded
     */
    public static LocalRecogniser load(Path models, MoonshineSize size) throws IOException {
        return new LocalRecogniser(Moonshine.load(models, size));
    }

    @Override
    public String recognise(AudioChunk sound) {
        short[] pcm = TelephoneSound.converted(sound, AudioFormat.PCM_16K).toPcm();
        StringBuilder words = new StringBuilder();
        for (short[] piece : Pieces.of(pcm, Moonshine.SAMPLE_RATE, PIECE_SECONDS)) {
            String text = model.transcribe(floats(piece)).text().strip();
            if (!text.isEmpty()) {
                words.append(words.isEmpty() ? "" : " ").append(text);
            }
        }
        return words.toString();
    }

    @Override
    public void close() {
        model.close();
    }

    private static float[] floats(short[] pcm) {
        float[] samples = new float[pcm.length + 2 * MARGIN];
        for (int i = 0; i < pcm.length; i++) {
            samples[MARGIN + i] = pcm[i] / 32768f;
        }
        return samples;
    }
}
