package dev.trunkline.core.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpokenLedgerTest {

    private final SpokenLedger ledger = new SpokenLedger();

    /** A sentence in one chunk, 100 samples a character. */
    private void say(String sentence) {
        int start = ledger.append(sentence);
        ledger.add(sentence.length() * 100L, start, start + sentence.length());
    }

    @Test
    void nothingPlayedIsNothingHeard() {
        say("Good morning to you.");
        assertThat(ledger.heardAt(0)).isEmpty();
        assertThat(ledger.unheardAt(0)).isEqualTo("Good morning to you.");
    }

    @Test
    void allPlayedIsAllHeardAcrossSentences() {
        say("One two.");
        say("Three four.");
        assertThat(ledger.heardAt(ledger.samples())).isEqualTo("One two. Three four.");
        assertThat(ledger.unheardAt(ledger.samples())).isEmpty();
    }

    @Test
    void aWordCountsWhenHalfOfItHasSounded() {
        say("Good morning");
        assertThat(ledger.heardAt(700)).isEqualTo("Good");
        assertThat(ledger.heardAt(1000)).isEqualTo("Good morning");
    }

    @Test
    void theVoiceGoesOnFromTheStartOfTheWordItWasIn() {
        say("Good morning");
        assertThat(ledger.wordStartAt(900)).isEqualTo(500);
        assertThat(ledger.wordStartAt(200)).isZero();
    }

    @Test
    void textWithoutSoundYetIsNotHeard() {
        say("One two.");
        ledger.append("Three.");
        assertThat(ledger.heardAt(ledger.samples())).isEqualTo("One two.");
        assertThat(ledger.unheardAt(ledger.samples())).isEqualTo("Three.");
    }

    @Test
    void playedNeverRunsBackwardsInTheText() {
        say("The quick brown fox jumps over the lazy dog, twice a day.");
        int before = 0;
        for (long played = 0; played <= ledger.samples(); played += 37) {
            int heard = ledger.heardAt(played).length();
            assertThat(heard).isGreaterThanOrEqualTo(before);
            assertThat(ledger.wordStartAt(played)).isLessThanOrEqualTo(played);
            before = heard;
        }
    }
}
