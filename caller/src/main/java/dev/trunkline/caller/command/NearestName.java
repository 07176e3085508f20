package dev.trunkline.caller.command;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody meant who mistyped. Stateless. */
public final class NearestName {

    private NearestName() {}

    /** The known name with the fewest edits to the one given, if they are few for its length. */
    public static Optional<String> of(String given, Collection<String> known) {
        String best = null;
        int fewest = Math.max(2, given.length() / 3) + 1;
        for (String name : known) {
            int edits = edits(given, name);
            if (edits < fewest) {
                fewest = edits;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The Levenshtein distance. */
    static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
