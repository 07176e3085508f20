package dev.trunkline.models.telephone;

import dev.trunkline.models.mary.MaryVoice;
import dev.trunkline.models.moonshine.Moonshine;
import dev.trunkline.models.moonshine.MoonshineSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The models, loaded once for all tests. */
public final class Loaded {

    private Loaded() {}

    public static Moonshine tiny() {
        return Tiny.MODEL;
    }

    public static Moonshine base() {
        return Base.MODEL;
    }

    public static MaryVoice voice() {
        return Voice.VOICE;
    }

    public static Path folder() {
        String folder = System.getProperty("trunkline.models.dir");
        if (folder == null) {
            throw new AssertionError("the property trunkline.models.dir names no folder");
        }
        return Path.of(folder);
    }

    private static Moonshine load(MoonshineSize size) {
        try {
            return Moonshine.load(folder(), size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Tiny {
        static final Moonshine MODEL = load(MoonshineSize.TINY);
    }

    private static final class Base {
        static final Moonshine MODEL = load(MoonshineSize.BASE);
    }

    private static final class Voice {
        static final MaryVoice VOICE = MaryVoice.load();
    }
}
