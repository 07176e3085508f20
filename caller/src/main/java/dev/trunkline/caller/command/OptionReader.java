package dev.trunkline.caller.command;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads {@code --name value}, {@code --name=value} and {@code --flag} in the order in which they stand, which matters to a
 * script. Used by one thread.
 */
public final class OptionReader {

    /** Takes the value of an option. */
    @FunctionalInterface
    public interface Taker {
        void take(String value) throws UsageException;
    }

    private record Option(boolean hasValue, Taker taker) {}

    private final Map<String, Option> options = new LinkedHashMap<>();

    /** An option with a value. */
    public OptionReader value(String name, Taker taker) {
        options.put(name, new Option(true, taker));
        return this;
    }

    /** An option without one. */
    public OptionReader flag(String name, Runnable taker) {
        options.put(name, new Option(false, value -> taker.run()));
        return this;
    }

    /**
     * Reads a command line.
     *
     * @throws UsageException if an option is unknown (naming the nearest known one), lacks its value, or its taker refuses it
     */
    public void read(String[] args) throws UsageException {
        for (int i = 0; i < args.length; i++) {
            String given = args[i];
            int equals = given.startsWith("--") ? given.indexOf('=') : -1;
            String name = equals < 0 ? given : given.substring(0, equals);
            Option option = options.get(name);
            if (option == null) {
                throw unknown(name);
            }
            if (!option.hasValue()) {
                if (equals >= 0) {
                    throw new UsageException(name + " takes no value");
                }
                option.taker().take("");
            } else if (equals >= 0) {
                option.taker().take(given.substring(equals + 1));
            } else if (i + 1 < args.length) {
                option.taker().take(args[++i]);
            } else {
                throw new UsageException(name + " needs a value");
            }
        }
    }

    private UsageException unknown(String name) {
        if (!name.startsWith("-")) {
            return new UsageException("what is " + name + " for? Options begin with --");
        }
        return new UsageException("unknown option " + name
                + NearestName.of(name, options.keySet())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse(""));
    }
}
