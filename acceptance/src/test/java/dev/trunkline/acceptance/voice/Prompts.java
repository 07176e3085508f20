package dev.trunkline.acceptance.voice;

import dev.trunkline.media.wav.WavFile;
import dev.trunkline.sound.AudioChunk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sentences spoken by a person, from Debian's package of Asterisk's prompts; their names and words stand in {@code
 * prompts.txt}.
 */
public final class Prompts {

    private static final Path FOLDER = Path.of("/usr/share/asterisk/sounds/en_US_f_Allison");

    private Prompts() {}

    /**
     * One sentence.
     *
     * @param name of the file, without its ending
     * @param words what is said
     * @param sound 8 kHz
     */
    public record Prompt(String name, String words, AudioChunk sound) {}

    /** The forty sentences of 2 to 4 seconds. */
    public static List<Prompt> all() {
        if (!Files.isDirectory(FOLDER)) {
            throw new AssertionError("there are no recordings in " + FOLDER
                    + ": apt-get install asterisk-core-sounds-en-wav (scripts/peers.sh does it)");
        }
        List<Prompt> prompts = new ArrayList<>();
        for (String line :
                list().lines().filter(l -> !l.startsWith("#") && !l.isBlank()).toList()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon);
            prompts.add(new Prompt(name, line.substring(colon + 1).strip(), sound(name)));
        }
        return prompts;
    }

    /** The sentence of that name. */
    public static Prompt named(String name) {
        return all().stream()
                .filter(prompt -> prompt.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + name));
    }

    private static AudioChunk sound(String name) {
        try {
            return WavFile.read(FOLDER.resolve(name + ".wav"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String list() {
        try (InputStream in = Prompts.class.getResourceAsStream("/dev/trunkline/acceptance/prompts.txt")) {
            if (in == null) {
                throw new IllegalStateException("prompts.txt is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
