package dev.trunkline.models.mary;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Words that the library's lexicon lacks and its letter rules get wrong, most of them contractions; in its own notation (SAMPA
 * for American English, syllables parted by a hyphen, a stress mark before the stressed one).
 */
final class Pronunciations {

    private static final Map<String, String> WORDS = new HashMap<>();

    static {
        contractions("i", "AI", "m", "ll", "ve", "d");
        contractions("you", "j u", "ll", "ve", "d");
        contractions("he", "h i", "s", "ll", "d");
        contractions("she", "S i", "s", "ll", "d");
        contractions("we", "w i", "ll", "ve", "d");
        contractions("they", "D EI", "ll", "ve", "d");
        contractions("who", "h u", "s", "ll", "d");
        contractions("there", "D E r", "s", "d");
        contractions("here", "h I r", "s");
        contractions("where", "w E r", "s");
        WORDS.put("you're", "' j U r");
        WORDS.put("we're", "' w I r");
        WORDS.put("they're", "' D E r");
        WORDS.put("it'll", "' I - t @ l");
        WORDS.put("it'd", "' I - t @ d");
        WORDS.put("that's", "' D { t s");
        WORDS.put("that'll", "' D { - t @ l");
        WORDS.put("that'd", "' D { - t @ d");
        WORDS.put("there'll", "' D E - r @ l");
        WORDS.put("what's", "' w V t s");
        WORDS.put("isn't", "' I - z @ n t");
        WORDS.put("wasn't", "' w V - z @ n t");
        WORDS.put("hasn't", "' h { - z @ n t");
        WORDS.put("haven't", "' h { - v @ n t");
        WORDS.put("doesn't", "' d V - z @ n t");
        WORDS.put("didn't", "' d I - d @ n t");
        WORDS.put("couldn't", "' k U - d @ n t");
        WORDS.put("wouldn't", "' w U - d @ n t");
        WORDS.put("shouldn't", "' S U - d @ n t");
        WORDS.put("aren't", "' A r n t");
        WORDS.put("weren't", "' w r= n t");
        WORDS.put("ma'am", "' m { m");
        WORDS.put("checkup", "' tS E - k V p");
        WORDS.put("voicemail", "' v OI s - m EI l");
    }

    private Pronunciations() {}

    private static void contractions(String word, String sounds, String... endings) {
        Map<String, String> ends = Map.of("m", "m", "ll", "l", "ve", "v", "d", "d", "s", "z");
        for (String ending : endings) {
            WORDS.put(word + "'" + ending, "' " + sounds + " " + ends.get(ending));
        }
    }

    /** The sounds of a word, or null if the library knows best. */
    static @Nullable String of(String word) {
        return WORDS.get(word.toLowerCase(Locale.ROOT));
    }
}
