package dev.trunkline.app.reception;

import java.io.StringReader;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the facts from YAML. Works on the nodes, not on the values YAML would make of them, so that {@code 9:00} stays a
 * time, a date stays a date, and every complaint can name its line.
 */
final class FactsFile {

    private static final Set<String> KEYS =
            Set.of("business", "zone", "hours", "exceptions", "address", "directions", "parking", "prices");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);

    private final String file;

    private FactsFile(String file) {
        this.file = file;
    }

    static Facts parse(String file, String text) {
        return new FactsFile(file).facts(text);
    }

    private Facts facts(String text) {
        Node root;
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            root = new Yaml(options).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            throw wrong(e.getProblemMark(), String.valueOf(e.getProblem()), e);
        } catch (YAMLException e) {
            throw new FactsException(file + ": " + e.getMessage(), e);
        }
        if (root == null) {
            throw new FactsException(file + ": is empty");
        }
        Map<String, Node> top = map(root, "the file");
        for (String key : top.keySet()) {
            if (!KEYS.contains(key)) {
                throw wrong(
                        mark(root, key),
                        "unknown entry \"" + key + "\"; known are " + String.join(", ", sorted()),
                        null);
            }
        }
        return new Facts(
                text(required(top, root, "business"), "business"),
                hours(top, root),
                text(required(top, root, "address"), "address"),
                optional(top, "directions"),
                optional(top, "parking"),
                prices(top.get("prices")));
    }

    private OpeningHours hours(Map<String, Node> top, Node root) {
        ZoneId zone = zone(top.get("zone"));
        Node node = required(top, root, "hours");
        Map<DayOfWeek, List<OpeningHours.Span>> week = new EnumMap<>(DayOfWeek.class);
        map(node, "hours").forEach((day, spans) -> week.put(day(day, spans), spans(spans)));
        for (DayOfWeek day : DayOfWeek.values()) {
            if (!week.containsKey(day)) {
                throw wrong(
                        node.getStartMark(),
                        "hours of " + day.name().toLowerCase(Locale.ROOT) + " are missing; write \"closed\" if so",
                        null);
            }
        }
        Map<LocalDate, List<OpeningHours.Span>> exceptions = new HashMap<>();
        Node except = top.get("exceptions");
        if (except != null) {
            map(except, "exceptions").forEach((date, spans) -> exceptions.put(date(date, spans), spans(spans)));
        }
        return new OpeningHours(zone, week, exceptions);
    }

    private ZoneId zone(@Nullable Node node) {
        if (node == null) {
            return ZoneId.systemDefault();
        }
        String name = text(node, "zone");
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw wrong(node.getStartMark(), "\"" + name + "\" is no time zone, such as Europe/London", e);
        }
    }

    private DayOfWeek day(String name, Node at) {
        try {
            return DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong(at.getStartMark(), "\"" + name + "\" is no day of the week", e);
        }
    }

    private LocalDate date(String text, Node at) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw wrong(at.getStartMark(), "\"" + text + "\" is no date, such as 2026-12-24", e);
        }
    }

    private List<OpeningHours.Span> spans(Node node) {
        String text = text(node, "the hours");
        if (text.equalsIgnoreCase("closed")) {
            return List.of();
        }
        List<OpeningHours.Span> spans = new ArrayList<>();
        LocalTime last = LocalTime.MIN;
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            if (ends.length != 2) {
                throw wrong(
                        node.getStartMark(), "\"" + part.strip() + "\" is no time from-to, such as 9:00-18:00", null);
            }
            OpeningHours.Span span = new OpeningHours.Span(clock(ends[0], node), clock(ends[1], node));
            if (!span.from().isBefore(span.to()) || span.from().isBefore(last)) {
                throw wrong(node.getStartMark(), "\"" + text + "\" does not go forward in time", null);
            }
            last = span.to();
            spans.add(span);
        }
        return spans;
    }

    private LocalTime clock(String text, Node at) {
        try {
            return LocalTime.parse(text.strip(), CLOCK);
        } catch (DateTimeException e) {
            throw wrong(at.getStartMark(), "\"" + text.strip() + "\" is no time of day, such as 9:00", e);
        }
    }

    private List<Facts.Price> prices(@Nullable Node node) {
        if (node == null) {
            return List.of();
        }
        List<Facts.Price> prices = new ArrayList<>();
        for (Node entry : list(node, "prices")) {
            Map<String, Node> price = map(entry, "a price");
            for (String key : price.keySet()) {
                if (!Set.of("name", "price", "words").contains(key)) {
                    throw wrong(mark(entry, key), "unknown entry \"" + key + "\"; known are name, price, words", null);
                }
            }
            List<String> words = new ArrayList<>();
            Node more = price.get("words");
            if (more != null) {
                for (Node word : list(more, "words")) {
                    words.add(text(word, "a word"));
                }
            }
            prices.add(new Facts.Price(
                    text(required(price, entry, "name"), "name"),
                    text(required(price, entry, "price"), "price"),
                    words));
        }
        return prices;
    }

    private String optional(Map<String, Node> map, String key) {
        Node node = map.get(key);
        return node == null ? "" : text(node, key);
    }

    private Node required(Map<String, Node> map, Node parent, String key) {
        Node node = map.get(key);
        if (node == null) {
            throw wrong(parent.getStartMark(), "\"" + key + "\" is missing", null);
        }
        return node;
    }

    private Map<String, Node> map(Node node, String what) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node.getStartMark(), what + " must be entries of the form \"name: value\"", null);
        }
        Map<String, Node> map = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode(), "a name");
            if (map.put(key, tuple.getValueNode()) != null) {
                throw wrong(tuple.getKeyNode().getStartMark(), "\"" + key + "\" is there twice", null);
            }
        }
        return map;
    }

    private List<Node> list(Node node, String what) {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong(node.getStartMark(), what + " must be a list", null);
        }
        return sequence.getValue();
    }

    private String text(Node node, String what) {
        if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            throw wrong(node.getStartMark(), what + " must be a text", null);
        }
        return scalar.getValue().strip();
    }

    private static @Nullable Mark mark(Node parent, String key) {
        if (parent instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key)) {
                    return scalar.getStartMark();
                }
            }
        }
        return parent.getStartMark();
    }

    private static List<String> sorted() {
        return KEYS.stream().sorted().toList();
    }

    private FactsException wrong(@Nullable Mark mark, String what, @Nullable Throwable cause) {
        String where = mark == null ? file : file + ", line " + (mark.getLine() + 1);
        return cause == null ? new FactsException(where + ": " + what) : new FactsException(where + ": " + what, cause);
    }
}
