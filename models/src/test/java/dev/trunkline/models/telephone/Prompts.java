package dev.trunkline.models.telephone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prompts spoken by a professional speaker, recorded at 8 kHz: Debian's package asterisk-core-sounds-en-wav. */
public final class Prompts {

    private static final Path FOLDER =
            Path.of(System.getProperty("trunkline.prompts.dir", "/usr/share/asterisk/sounds/en_US_f_Allison"));

    private Prompts() {}

    /** A prompt as it was recorded. */
    public static Wav recording(String name) {
        Path file = FOLDER.resolve(name + ".wav");
        if (!Files.isRegularFile(file)) {
            throw new AssertionError(
                    "recording missing: " + file + "; install the Debian package asterisk-core-sounds-en-wav");
        }
        try {
            return Wav.read(file);
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    /** A prompt as a recogniser gets it from a call: at 16 kHz. */
    public static float[] overTheTelephone(String name) {
        Wav wav = recording(name);
        return TelephoneLine.through(wav.samples(), wav.rate());
    }
}
