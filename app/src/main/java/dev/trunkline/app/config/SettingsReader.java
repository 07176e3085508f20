package dev.trunkline.app.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects what was set, from the environment, then {@code .env}, then {@code trunkline.yaml}: the first that has a setting
 * gives it. An empty value is the same as none. All problems are collected, so that they can be told at once.
 */
final class SettingsReader {

    static final String PREFIX = "TRUNKLINE_";
    private static final String DOT_ENV = ".env";
    private static final String YAML = "trunkline.yaml";

    private final Map<Setting<?>, Given> given = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private SettingsReader() {}

    static SettingsReader read(Map<String, String> environment, Path folder) {
        SettingsReader reader = new SettingsReader();
        Map<String, Setting<?>> byVariable = index(Setting::variable);
        List<Given> variables = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, text) -> {
            if (name.startsWith(PREFIX)) {
                variables.add(new Given(name, text.strip(), "environment"));
            }
        });
        reader.take(variables, byVariable);
        Path dotEnv = folder.resolve(DOT_ENV);
        if (Files.isRegularFile(dotEnv)) {
            reader.take(DotEnv.read(DOT_ENV, reader.content(dotEnv).lines().toList(), reader.problems), byVariable);
        }
        Path yaml = folder.resolve(YAML);
        if (Files.isRegularFile(yaml)) {
            reader.take(YamlFile.read(YAML, reader.content(yaml), reader.problems), index(Setting::path));
        }
        return reader;
    }

    /** The value, or what the table says, or null if there is neither. A malformed one is noted. */
    <T> @Nullable T find(Setting<T> setting) {
        Given found = given.get(setting);
        if (found == null) {
            return setting.standard().isEmpty() ? null : setting.type().parse(setting.standard());
        }
        try {
            return setting.type().parse(found.text());
        } catch (IllegalArgumentException e) {
            problems.add(found.place() + ": " + found.name() + " must be "
                    + setting.type().description() + shown(setting, found));
            return setting.standard().isEmpty() ? null : setting.type().parse(setting.standard());
        }
    }

    /** The value, or what the table says, or this. */
    <T> T get(Setting<T> setting, T otherwise) {
        T found = find(setting);
        return found == null ? otherwise : found;
    }

    /** The value of a setting that has a standard in the table. */
    <T> T get(Setting<T> setting) {
        T found = find(setting);
        if (found == null) {
            throw new IllegalStateException(setting.path() + " has no standard");
        }
        return found;
    }

    /** Whether somebody set it. */
    boolean has(Setting<?> setting) {
        return given.containsKey(setting);
    }

    /** Whether somebody set it to something else than it is by itself. */
    boolean isChanged(Setting<?> setting) {
        Given found = given.get(setting);
        return found != null && !found.text().equals(setting.standard());
    }

    /** A line for people: the setting, its value and where that comes from. */
    String line(Setting<?> setting) {
        Given found = given.get(setting);
        if (found == null) {
            String standard = setting.standard().isEmpty() ? "(" + setting.whenUnset() + ")" : setting.standard();
            return setting.variable() + "=" + (standard.equals("()") ? "" : standard) + "  # default";
        }
        String name = inFamily(setting.path()) == null ? setting.variable() : setting.path();
        return name + "=" + (setting.secret() ? "***" : found.text()) + "  # " + found.place();
    }

    /** Notes that a setting cannot be as it is. */
    void refuse(Setting<?> setting, String why) {
        Given found = given.get(setting);
        String name = inFamily(setting.path()) == null ? setting.variable() : setting.path();
        problems.add(found == null ? name + " " + why : found.place() + ": " + found.name() + " " + why);
    }

    /** What is wrong, one line each. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private void take(List<Given> entries, Map<String, Setting<?>> known) {
        for (Given entry : entries) {
            Setting<?> setting = known.containsKey(entry.name()) ? known.get(entry.name()) : inFamily(entry.name());
            if (setting == null) {
                List<String> names = new ArrayList<>(known.keySet());
                AccountSettings.FAMILIES.forEach(family -> names.addAll(family.candidates(entry.name())));
                problems.add(entry.place() + ": " + entry.name() + " is not a setting"
                        + NearestName.of(entry.name(), names)
                                .map(name -> "; did you mean " + name + "?")
                                .orElse("; ./trunkline config --markdown lists them"));
            } else if (!entry.text().isEmpty()) {
                given.putIfAbsent(setting, entry);
            }
        }
    }

    private static @Nullable Setting<?> inFamily(String path) {
        for (SettingFamily family : AccountSettings.FAMILIES) {
            Setting<?> member = family.member(path).orElse(null);
            if (member != null) {
                return member;
            }
        }
        return null;
    }

    /** The names that somebody has given to things of that family, in the order in which they were written down. */
    List<String> names(SettingFamily family) {
        return given.keySet().stream()
                .map(setting -> family.nameIn(setting.path()))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** The settings of named things that somebody has given. */
    List<Setting<?>> named() {
        return given.keySet().stream()
                .filter(setting -> inFamily(setting.path()) != null)
                .collect(java.util.stream.Collectors.toUnmodifiableList());
    }

    private String content(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            problems.add(file.getFileName() + ": is not UTF-8 text");
        } catch (IOException e) {
            problems.add(file.getFileName() + ": can't be read: " + e.getMessage());
        }
        return "";
    }

    private static String shown(Setting<?> setting, Given found) {
        return setting.secret() ? "" : ", not \"" + found.text() + "\"";
    }

    private static Map<String, Setting<?>> index(Function<Setting<?>, String> name) {
        Map<String, Setting<?>> index = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.ALL) {
            index.put(name.apply(setting), setting);
        }
        return index;
    }
}
