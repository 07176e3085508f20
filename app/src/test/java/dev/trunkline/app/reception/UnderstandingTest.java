package dev.trunkline.app.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnderstandingTest {

    private final Understanding understanding = new Understanding(Facts.shipped());

    /** How many of how many were understood, and which were not. */
    private record Result(int right, int all, Map<String, Integer> wrongOf, List<String> wrong) {

        double percent() {
            return 100.0 * right / all;
        }
    }

    private Result judge(String resource, UnaryOperator<String> line) {
        int right = 0;
        int all = 0;
        Map<String, Integer> wrongOf = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, List<String>> entry : Paraphrases.in(resource).entrySet()) {
            for (String sentence : entry.getValue()) {
                String heard = line.apply(sentence);
                String got = understanding
                        .understand(heard, null)
                        .best()
                        .map(Enum::name)
                        .orElse("NONE");
                all++;
                if (got.equals(entry.getKey())) {
                    right++;
                } else {
                    wrongOf.merge(entry.getKey(), 1, Integer::sum);
                    wrong.add(entry.getKey() + " <- " + got + ": " + heard);
                }
            }
        }
        return new Result(right, all, wrongOf, wrong);
    }

    @ParameterizedTest
    @ValueSource(strings = {"paraphrases.txt", "heldout.txt"})
    void eachListHasTwentyOfAQuestionAndFifteenForeignOnes(String resource) {
        Map<String, List<String>> all = Paraphrases.in(resource);
        assertThat(all.keySet()).containsExactly("HOURS", "ADDRESS", "PRICES", "MESSAGE", "PERSON", "GOODBYE", "NONE");
        assertThat(Paraphrases.in("unseen.txt").keySet()).containsExactlyElementsOf(all.keySet());
        all.forEach((intent, sentences) -> assertThat(sentences)
                .as(intent)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(intent.equals("NONE") ? 15 : 20));
    }

    @ParameterizedTest
    @CsvSource({"paraphrases.txt, 98", "heldout.txt, 95", "unseen.txt, 93"})
    void whatIsAskedInOtherWordsIsUnderstood(String resource, double percent) {
        Result result = judge(resource, UnaryOperator.identity());
        assertThat(result.percent()).as(String.join("\n", result.wrong())).isGreaterThanOrEqualTo(percent);
        result.wrongOf().forEach((intent, wrong) -> assertThat(wrong).as(intent).isLessThanOrEqualTo(4));
    }

    @Test
    void whatIsHeardWithEightPercentWrongWordsIsMostlyUnderstood() {
        int right = 0;
        int all = 0;
        List<String> wrong = new ArrayList<>();
        for (long seed = 1; seed <= 10; seed++) {
            Result result = judge("paraphrases.txt", new MishearingRecogniser(seed, 0.08)::hears);
            right += result.right();
            all += result.all();
            wrong.addAll(result.wrong());
        }
        assertThat(100.0 * right / all).as(String.join("\n", wrong)).isGreaterThanOrEqualTo(90);
    }
}
