package dev.trunkline.app.config;

import java.util.List;

/** The settings cannot be used; each problem is one line that names the setting, where it stands and what is wrong. */
public class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * Settings that cannot be used.
     *
     * @param problems one line each, at least one
     */
    public ConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each. */
    public List<String> problems() {
        return problems;
    }
}
