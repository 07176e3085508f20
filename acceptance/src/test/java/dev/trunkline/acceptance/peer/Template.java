package dev.trunkline.acceptance.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A configuration file in which {@code @NAME@} stands for what is known only when the program starts. */
final class Template {

    private static final Pattern NAME = Pattern.compile("@([A-Z][A-Z0-9_]*)@");

    private final String name;
    private final String text;

    private Template(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** From the resources of the tests, such as {@code asterisk/pjsip.conf}. */
    static Template ofResource(String name) {
        try (InputStream in = Template.class.getResourceAsStream("/dev/trunkline/acceptance/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no " + name);
            }
            return new Template(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its text, filled in; a name without a value is an error. */
    String filled(Map<String, String> values) {
        return NAME.matcher(text).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException(name + " needs " + match.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** Writes it, filled in. */
    void write(Path file, Map<String, String> values) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, filled(values));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
