package dev.trunkline.app.reception;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Sentences with what they ask for, from a test resource: "[HOURS]" above its sentences, "[NONE]" above the foreign ones. */
final class Paraphrases {

    private Paraphrases() {}

    static Map<String, List<String>> in(String resource) {
        try (InputStream in = Objects.requireNonNull(Paraphrases.class.getResourceAsStream(resource), resource)) {
            Map<String, List<String>> all = new LinkedHashMap<>();
            List<String> sentences = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("[")) {
                    sentences = new ArrayList<>();
                    all.put(line.substring(1, line.length() - 1), sentences);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    sentences.add(line);
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
