package dev.trunkline.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@code .env} file: lines of {@code NAME=value}, perhaps after {@code export}; the value bare, or in single or
 * double quotes; a {@code #} at the start of a line or after white space begins a comment.
 */
final class DotEnv {

    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'\\s*(?:#.*)?|\"([^\"]*)\"\\s*(?:#.*)?");

    private DotEnv() {}

    /** The lines that concern us; others may belong to other programs, but must be well formed. */
    static List<Given> read(String file, List<String> lines, List<String> problems) {
        List<Given> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String place = file + ":" + (i + 1);
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                // the line is not shown: it may hold a secret
                problems.add(place + ": expected NAME=value");
                continue;
            }
            String name = matcher.group(1);
            if (name.startsWith(SettingsReader.PREFIX)) {
                found.add(new Given(name, value(matcher.group(2)), place));
            }
        }
        return found;
    }

    private static String value(String written) {
        Matcher quoted = QUOTED.matcher(written);
        if (quoted.matches()) {
            String single = quoted.group(1);
            return single != null ? single : quoted.group(2);
        }
        if (written.startsWith("#")) {
            return "";
        }
        return written.replaceFirst("\\s+#.*", "").strip();
    }
}
