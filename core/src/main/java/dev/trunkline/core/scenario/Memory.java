package dev.trunkline.core.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a scenario remembers of one call: names and values. Each hook works on a copy of its own, which becomes the call's
 * memory when the reply is really given. Not thread-safe.
 */
public final class Memory {

    private final Map<String, String> values;

    /** An empty memory. */
    public Memory() {
        this(Map.of());
    }

    private Memory(Map<String, String> values) {
        this.values = new LinkedHashMap<>(values);
    }

    /** A copy that may go its own way. */
    public Memory copy() {
        return new Memory(values);
    }

    /** What was put under that name. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** What was put under that name, or this. */
    public String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** Remembers a value, in place of the one before. */
    public void put(String name, String value) {
        values.put(name, value);
    }

    /** Forgets a value. */
    public void remove(String name) {
        values.remove(name);
    }

    /** All of it, unmodifiable. */
    public Map<String, String> all() {
        return Collections.unmodifiableMap(values);
    }
}
