package dev.trunkline.app.config;

import java.util.Locale;

/**
 * One row of the table of settings.
 *
 * @param path where it stands in {@code trunkline.yaml}, such as {@code http.port}; its name in the environment follows
 * @param type what it may hold
 * @param standard the text that it has if it is not set; empty if that is worked out at the start or is nothing
 * @param whenUnset what happens then, for people; empty if the standard says it
 * @param about one line for people
 * @param <T> what it is in the program
 */
record Setting<T>(String path, SettingType<T> type, String standard, String whenUnset, String about) {

    /** Its name in the environment and in {@code .env}. */
    String variable() {
        return "TRUNKLINE_" + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Whether it must never be printed. */
    boolean secret() {
        return type == SettingType.SECRET;
    }
}
