package dev.trunkline.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;

/**
 * A log event taken apart: its words, and its {@code key=value} pairs, whether they were given as such or stand in the words.
 * Of two pairs with the same name the first counts, those given as such before all; a later one stays among the words, so that
 * text from outside at the end of a line takes nothing over.
 *
 * @param words what is left of the message without pairs
 * @param pairs names and values in order
 */
record LogLine(String words, Map<String, String> pairs) {

    private static final Pattern PAIR = Pattern.compile("(?<=^|\\s)([a-z][A-Za-z0-9_.]*)=(\"[^\"]*\"|\\S+)");

    static LogLine of(ILoggingEvent event) {
        Map<String, String> pairs = new LinkedHashMap<>(event.getMDCPropertyMap());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                pairs.putIfAbsent(pair.key, String.valueOf(pair.value));
            }
        }
        Matcher matcher = PAIR.matcher(event.getFormattedMessage());
        StringBuilder words = new StringBuilder();
        while (matcher.find()) {
            boolean first = pairs.putIfAbsent(matcher.group(1), unquoted(matcher.group(2))) == null;
            matcher.appendReplacement(words, first ? "" : Matcher.quoteReplacement(matcher.group()));
        }
        matcher.appendTail(words);
        return new LogLine(words.toString().strip(), pairs);
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
    }
}
