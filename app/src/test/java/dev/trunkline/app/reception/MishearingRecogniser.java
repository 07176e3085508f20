package dev.trunkline.app.reception;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes of a sentence what a telephone recogniser may make of it: of each hundred words some are left out, doubled, replaced
 * by a word that sounds like it, or by another short word. Seeded, so a failure can be seen again.
 */
final class MishearingRecogniser {

    private static final Map<String, List<String>> SOUND_ALIKE = Map.ofEntries(
            Map.entry("hours", List.of("ours", "hour", "house")),
            Map.entry("open", List.of("opened", "oven")),
            Map.entry("opening", List.of("opening a", "open in")),
            Map.entry("close", List.of("clothes", "closed")),
            Map.entry("are", List.of("our", "or", "r")),
            Map.entry("you", List.of("your", "ewe", "u")),
            Map.entry("your", List.of("you", "yours")),
            Map.entry("where", List.of("wear", "were")),
            Map.entry("address", List.of("a dress", "dress", "addressed")),
            Map.entry("price", List.of("prize", "prise")),
            Map.entry("prices", List.of("prizes", "priced")),
            Map.entry("cost", List.of("coast", "cast")),
            Map.entry("much", List.of("march", "must")),
            Map.entry("message", List.of("massage", "passage")),
            Map.entry("leave", List.of("live", "leaf")),
            Map.entry("person", List.of("parson", "purse on")),
            Map.entry("human", List.of("humane", "hugh man")),
            Map.entry("speak", List.of("speech", "peak")),
            Map.entry("talk", List.of("took", "tock")),
            Map.entry("goodbye", List.of("good buy", "good bye")),
            Map.entry("bye", List.of("by", "buy")),
            Map.entry("saturday", List.of("saturdays", "sat today")),
            Map.entry("sunday", List.of("sunny", "some day")),
            Map.entry("tomorrow", List.of("tamara", "to morrow")),
            Map.entry("to", List.of("two", "too", "the")),
            Map.entry("for", List.of("four", "from")),
            Map.entry("what", List.of("want", "but")),
            Map.entry("there", List.of("their", "they're")),
            Map.entry("charge", List.of("charged", "large")),
            Map.entry("call", List.of("cold", "called")));
    private static final List<String> SHORT = List.of("the", "a", "and", "of", "in", "it", "uh", "so", "that", "is");

    private final Random random;
    private final double rate;

    MishearingRecogniser(long seed, double rate) {
        this.random = new Random(seed);
        this.rate = rate;
    }

    String hears(String sentence) {
        List<String> heard = new ArrayList<>();
        for (String word : sentence.split(" ", -1)) {
            if (random.nextDouble() >= rate) {
                heard.add(word);
                continue;
            }
            String bare = word.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z']", "");
            List<String> alike = SOUND_ALIKE.get(bare);
            switch (random.nextInt(4)) {
                case 0 -> {
                    // left out
                }
                case 1 -> heard.add(SHORT.get(random.nextInt(SHORT.size())));
                case 2 -> heard.add(alike == null ? blurred(bare) : alike.get(random.nextInt(alike.size())));
                default ->
                    heard.add(alike == null ? bare + " " + SHORT.get(random.nextInt(SHORT.size())) : alike.getFirst());
            }
        }
        return String.join(" ", heard);
    }

    /** One letter is another. */
    private String blurred(String word) {
        if (word.length() < 3) {
            return word;
        }
        int at = 1 + random.nextInt(word.length() - 1);
        return word.substring(0, at) + (char) ('a' + random.nextInt(26)) + word.substring(at + 1);
    }
}
