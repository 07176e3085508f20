package dev.trunkline.models.mary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.models.moonshine.Recogniser;
import dev.trunkline.models.telephone.Loaded;
import dev.trunkline.models.telephone.TelephoneLine;
import dev.trunkline.models.telephone.WordErrors;
import dev.trunkline.sound.SpokenChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaryVoiceTest {

    private static final String SENTENCE =
            "Good morning, we're open from nine to five on weekdays, and until noon on Saturday.";

    @Test
    void whatItSaysIsUnderstoodOverTheTelephone() {
        String[] texts = {
            SENTENCE,
            "I'm sorry, I didn't understand that. Could you say it again, please?",
            "One moment please, I will connect you with a colleague.",
            "Thank you for calling, goodbye.",
            "Unfortunately the doctor is not available today, but she'll call you back tomorrow morning.",
            "Is there anything else I can do for you?"
        };
        WordErrors all = new WordErrors(0, 0);
        StringBuilder heard = new StringBuilder();
        for (String text : texts) {
            String one = heard(say(text, true));
            String expected = text.replace("nine to five", "9 to 5").replace("we're", "we are");
            all = all.plus(WordErrors.between(expected, one.replace("we're", "we are")));
            heard.append(one).append('\n');
        }

        assertThat(all.rate()).as("%s", heard).isLessThan(0.06);
    }

    @Test
    void aTelephoneNumberAPriceAndATimeAreHeardAsTheyAreWritten() {
        assertThat(heard(say("Your number is 555-123-4567.", false)).replaceAll("\\D", ""))
                .isEqualTo("5551234567");
        assertThat(heard(say("The haircut costs $25.50.", false))).contains("25.50");
        assertThat(heard(say("We open at 9:30 on Monday.", false))).containsAnyOf("9:30", "nine thirty");
    }

    @Test
    void contractionsAreSaidAsTheyAreSpoken() {
        assertThat(heard(say("I'm sure they've left, but I'll call you.", false)))
                .contains("I'm sure")
                .contains("they've left")
                .contains("I'll ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SENTENCE,
                "Hi",
                "  Hello!  ",
                "I'll be there; that's sure. Isn't it?",
                "Call Dr. Li at +1 415 555 0132 (ext. 12) - or mail info@example.com - by 5pm on Nov. 21, 2026.",
                "It costs $25.50, i.e. 20% less \u2014 \u201cgreat\u201d \ud83d\ude00!",
                "A very long sentence without any comma in it that goes on and on until somebody stops it from going on",
                "First one. Second one! Third one? \n\n Fourth one \u2026 and 3.5 km"
            })
    void theOffsetsOfItsWordsCoverTheTextWithoutGapsAndNeverGoBack(String text) {
        int at = 0;
        for (SpokenChunk chunk : all(say(text, true))) {
            assertThat(chunk.textStart()).isEqualTo(at);
            assertThat(chunk.exact()).isTrue();
            at = chunk.textEnd();
        }
        assertThat(at).isEqualTo(text.length());
    }

    @Test
    void eachWordIsAChunkOfAPlausibleLength() {
        List<SpokenChunk> chunks = all(say(SENTENCE, true));

        assertThat(chunks)
                .extracting(chunk -> SENTENCE.substring(chunk.textStart(), chunk.textEnd()))
                .containsExactly(
                        "Good ",
                        "morning, ",
                        "we're ",
                        "open ",
                        "from ",
                        "nine ",
                        "to ",
                        "five ",
                        "on ",
                        "weekdays, ",
                        "and ",
                        "until ",
                        "noon ",
                        "on ",
                        "Saturday.");
        assertThat(chunks)
                .allSatisfy(
                        chunk -> assertThat(chunk.audio().duration().toMillis()).isBetween(60L, 1_000L));
    }

    @Test
    void theWordsSoundWhereTheirChunksAre() {
        // cut in the middle by offsets, the halves must hold exactly their words
        List<SpokenChunk> chunks = all(say(SENTENCE, false));
        int half = SENTENCE.indexOf("and until");
        List<SpokenChunk> first =
                chunks.stream().filter(c -> c.textEnd() <= half).toList();
        List<SpokenChunk> second =
                chunks.stream().filter(c -> c.textStart() >= half).toList();

        assertThat(heard(List.of(first))).startsWith("Good morning").endsWith("weekdays.");
        assertThat(heard(List.of(second))).isEqualToIgnoringCase("And until noon on Saturday.");
    }

    @Test
    void theFirstPartIsAtMostFourWordsWhenSomebodyWaits() {
        String text = "You can find us at the corner of Main Street and Park Avenue right next to the library.";

        assertThat(say(text, true).getFirst()).hasSizeBetween(2, 4);
        assertThat(say(text, false).getFirst()).hasSizeGreaterThan(4);
    }

    @Test
    void aTextSpokenInPartsIsAsLongAsTheSameInOne() {
        String text = "You can find us at the corner of Main Street and Park Avenue right next to the library.";

        // the library rounds the first sound of a run to its frames of 5 ms in its own way
        assertThat(pcm(say(text, true)).length).isCloseTo(pcm(say(text, false)).length, within(5 * 240));
    }

    @Test
    void itBeginsAtOnceAndPausesAsThePunctuationSays() {
        assertThat(silenceAtTheStart(pcm(say("We are open.", true)))).isLessThan(60);
        assertThat(silenceAtTheEnd(pcm(say("We are open.", true)))).isBetween(190, 260);
        List<SpokenChunk> clause = say("We are open, and we are glad.", true).getFirst();
        assertThat(silenceAtTheEnd(pcm(List.of(clause)))).isBetween(70, 150);
        short[] last = clause.getLast().audio().toPcm();
        assertThat(Arrays.copyOfRange(last, last.length - 80 * 48, last.length)).containsOnly((short) 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SENTENCE + " Could you say it again, please? Goodbye!",
                "I'm glad you're here.",
                "Call me when you have found out what is going on."
            })
    void itsLevelIsThatOfTheTelephoneAndNothingClips(String text) {
        short[] samples = pcm(say(text, false));
        double sum = 0;
        int active = 0;
        for (int at = 0; at + 960 <= samples.length; at += 960) {
            double energy = 0;
            for (int i = at; i < at + 960; i++) {
                energy += (double) samples[i] * samples[i] / 960;
            }
            if (energy > 327 * 327) {
                sum += energy;
                active++;
            }
        }
        double level = 10 * Math.log10(sum / active / 32_768 / 32_768);

        assertThat(level).isBetween(-22.0, -18.0);
        for (short sample : samples) {
            assertThat((int) sample).isBetween(-32_000, 32_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"I'm glad you're here.", "Are you there? I am.", "Open.", "Oh, all of us, always."})
    void aWordThatBeginsWithAVowelBeginsWithoutABang(String text) {
        for (SpokenChunk chunk : all(say(text, true))) {
            short[] word = chunk.audio().toPcm();
            assertThat(peak(word, 0, 960)).isLessThanOrEqualTo((int) (1.2 * peak(word, 960, word.length)));
        }
    }

    private static int peak(short[] samples, int from, int to) {
        int peak = 0;
        for (int i = from; i < to; i++) {
            peak = Math.max(peak, Math.abs(samples[i]));
        }
        return peak;
    }

    @Test
    void aTextWithoutWordsIsOneSilentChunkAndAnEmptyOneIsNone() {
        assertThat(all(say("***", true))).singleElement().satisfies(chunk -> {
            assertThat(chunk.audio().samples()).isZero();
            assertThat(chunk.textEnd()).isEqualTo(3);
        });
        assertThat(all(say("", true))).isEmpty();
    }

    @Test
    void severalThreadsMaySpeakAtOnce() throws InterruptedException {
        short[] alone = pcm(say(SENTENCE, true));
        short[][] spoken = new short[3][];
        Thread[] threads = new Thread[spoken.length];
        for (int i = 0; i < threads.length; i++) {
            int index = i;
            threads[i] = Thread.ofPlatform().start(() -> spoken[index] = pcm(say(SENTENCE, true)));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        for (short[] samples : spoken) {
            assertThat(samples).containsExactly(alone);
        }
    }

    private static List<List<SpokenChunk>> say(String text, boolean hurry) {
        Utterance utterance = Loaded.voice().utter(text, hurry);
        List<List<SpokenChunk>> parts = new ArrayList<>();
        while (utterance.hasNext()) {
            parts.add(utterance.next());
        }
        return parts;
    }

    private static List<SpokenChunk> all(List<List<SpokenChunk>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    private static short[] pcm(List<List<SpokenChunk>> parts) {
        short[] samples = {};
        for (SpokenChunk chunk : all(parts)) {
            short[] more = chunk.audio().toPcm();
            int at = samples.length;
            samples = Arrays.copyOf(samples, at + more.length);
            System.arraycopy(more, 0, samples, at, more.length);
        }
        return samples;
    }

    private static String heard(List<List<SpokenChunk>> parts) {
        int rate = Loaded.voice().format().sampleRate();
        return new Recogniser(Loaded.base())
                .recognise(TelephoneLine.throughAsPcm(pcm(parts), rate))
                .text();
    }

    private static int silenceAtTheStart(short[] samples) {
        int at = 0;
        while (at < samples.length && Math.abs(samples[at]) < 200) {
            at++;
        }
        return at / 48;
    }

    private static int silenceAtTheEnd(short[] samples) {
        int at = samples.length;
        while (at > 0 && Math.abs(samples[at - 1]) < 100) {
            at--;
        }
        return (samples.length - at) / 48;
    }
}
