package dev.trunkline.providers.openai;

import java.net.URI;
import java.time.Duration;

/**
 * Where a language model is and how long to wait for it. Its text form never shows the key.
 *
 * @param baseUrl address up to and with the version, such as {@code https://api.openai.com/v1}; http or https, without
 *     user or password
 * @param key the bearer key; empty if the server wants none
 * @param model as the server names it
 * @param patience how long to wait
 */
public record OpenAiSettings(URI baseUrl, String key, String model, Patience patience) {

    /**
     * How long to wait before an answer counts as failed.
     *
     * @param connect for the connection
     * @param first for the first word
     * @param next for each next one
     * @param whole for the whole answer
     */
    public record Patience(Duration connect, Duration first, Duration next, Duration whole) {

        /** For a telephone: nobody waits longer for an answer. */
        public static final Patience DEFAULT = new Patience(
                Duration.ofSeconds(4), Duration.ofSeconds(15), Duration.ofSeconds(8), Duration.ofMinutes(2));
    }

    public OpenAiSettings {
        String scheme = baseUrl.getScheme();
        if (baseUrl.getHost() == null || scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException("the language model's base URL must be http:// or https:// with a host");
        }
        if (baseUrl.getUserInfo() != null) {
            throw new IllegalArgumentException("the language model's base URL must not carry a user or password");
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("the language model has no name");
        }
        key = key.strip();
        if (!key.chars().allMatch(c -> c > 32 && c < 127)) {
            throw new IllegalArgumentException("the language model's key holds characters that no key has");
        }
    }

    /** With ordinary patience. */
    public OpenAiSettings(URI baseUrl, String key, String model) {
        this(baseUrl, key, model, Patience.DEFAULT);
    }

    @Override
    public String toString() {
        return "OpenAiSettings[" + baseUrl.getHost() + ", " + model + ", key " + (key.isEmpty() ? "none" : "set") + "]";
    }
}
