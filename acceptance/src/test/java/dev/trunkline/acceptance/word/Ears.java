package dev.trunkline.acceptance.word;

import dev.trunkline.caller.speech.LocalRecogniser;
import dev.trunkline.models.moonshine.MoonshineSize;
import dev.trunkline.sound.AudioChunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The tests' own ears: the base model, where the server listens with the tiny one. Loaded once. Thread-safe. */
public final class Ears {

    private static final class Base {
        private static final LocalRecogniser MODEL = load(MoonshineSize.BASE);
    }

    private static final class Tiny {
        private static final LocalRecogniser MODEL = load(MoonshineSize.TINY);
    }

    private Ears() {}

    /** The words in a sound, by the base model. */
    public static String hear(AudioChunk sound) {
        return Base.MODEL.recognise(sound);
    }

    /** The words in a sound, by the server's usual model. */
    public static String hearAsTheServerDoes(AudioChunk sound) {
        return Tiny.MODEL.recognise(sound);
    }

    private static LocalRecogniser load(MoonshineSize size) {
        try {
            return LocalRecogniser.load(Path.of(System.getProperty("trunkline.models.dir")), size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
