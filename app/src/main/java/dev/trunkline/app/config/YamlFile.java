package dev.trunkline.app.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code trunkline.yaml}: nested names with one value each; every value keeps the line it stands in. */
final class YamlFile {

    private YamlFile() {}

    static List<Given> read(String file, String content, List<String> problems) {
        List<Given> found = new ArrayList<>();
        try {
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(0);
            Node root = new Yaml(options).compose(new StringReader(content));
            if (root instanceof MappingNode mapping) {
                collect(file, "", mapping, found, problems);
            } else if (root != null
                    && !(root instanceof ScalarNode scalar && scalar.getValue().isBlank())) {
                problems.add(place(file, root)
                        + ": expected names and values, such as \"http:\" and below it \"port: 8080\"");
            }
        } catch (MarkedYAMLException e) {
            problems.add(place(
                            file,
                            e.getProblemMark() == null
                                    ? null
                                    : e.getProblemMark().getLine()) + ": not well formed: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(file + ": not well formed: " + e.getMessage());
        }
        return found;
    }

    private static void collect(
            String file, String prefix, MappingNode mapping, List<Given> found, List<String> problems) {
        Set<String> names = new HashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                problems.add(place(file, entry.getKeyNode()) + ": expected a name");
                continue;
            }
            String path = prefix + key.getValue();
            if (!names.add(path)) {
                problems.add(place(file, key) + ": " + path + " stands there twice");
                continue;
            }
            switch (entry.getValueNode()) {
                case MappingNode below -> collect(file, path + ".", below, found, problems);
                case ScalarNode scalar ->
                    found.add(new Given(
                            path,
                            scalar.isPlain() && isNull(scalar.getValue()) ? "" : scalar.getValue(),
                            place(file, key)));
                default -> problems.add(place(file, key) + ": " + path + " takes one value, not a list");
            }
        }
    }

    private static boolean isNull(String text) {
        return text.equals("~") || text.equals("null");
    }

    private static String place(String file, Node node) {
        return place(file, node.getStartMark().getLine());
    }

    private static String place(String file, @Nullable Integer line) {
        return line == null ? file : file + ":" + (line + 1);
    }
}
