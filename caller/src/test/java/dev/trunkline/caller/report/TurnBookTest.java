package dev.trunkline.caller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.caller.script.SpokenTurn;
import dev.trunkline.caller.sound.Utterance;
import dev.trunkline.sound.AudioChunk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnBookTest {

    private static final long MS = 1_000_000;
    private static final AudioChunk SOUND = AudioChunk.silence(8_000 * 20, 8_000);

    private static SpokenTurn said(String label, long from, long to, boolean overlapped) {
        return new SpokenTurn(0, label, from * MS, to * MS, false, overlapped);
    }

    private static Utterance agent(long from, long to) {
        return new Utterance(from * MS, to * MS);
    }

    private static List<CallTurn> turns(List<SpokenTurn> said, List<Utterance> agent) {
        return TurnBook.turns(said, agent, SOUND, SOUND);
    }

    @Test
    void anAnswersLatencyIsFromTheLastSpokenPacketToTheFirstAudibleOne() {
        List<CallTurn> turns =
                turns(List.of(said("hello", 3_000, 4_000, false)), List.of(agent(200, 2_000), agent(4_650, 6_000)));

        assertThat(turns)
                .extracting(CallTurn::speaker)
                .containsExactly(CallTurn.Speaker.AGENT, CallTurn.Speaker.CALLER, CallTurn.Speaker.AGENT);
        assertThat(turns)
                .extracting(CallTurn::latency)
                .containsExactly(Duration.ofMillis(200), null, Duration.ofMillis(650));
    }

    @Test
    void onlyTheFirstUtteranceAfterATurnAnswersIt() {
        List<CallTurn> turns =
                turns(List.of(said("hello", 0, 1_000, false)), List.of(agent(1_500, 2_000), agent(9_000, 9_500)));

        assertThat(turns.get(1).latency()).isEqualTo(Duration.ofMillis(500));
        assertThat(turns.get(2).latency()).isNull();
    }

    @Test
    void whereBothSpokeNoLatencyIsTold() {
        List<CallTurn> turns = turns(List.of(said("wait", 1_000, 2_000, true)), List.of(agent(2_040, 4_000)));

        assertThat(turns.get(1).latency()).isNull();
    }

    @Test
    void theSoundOfATurnIsCutOutWithSomeMargin() {
        List<CallTurn> turns = turns(List.of(), List.of(agent(1_000, 2_000)));

        assertThat(turns.getFirst().audio().duration()).isEqualTo(Duration.ofMillis(1_300));
    }

    @Test
    void theReportFindsTheAnswerToATurn() {
        List<CallTurn> turns = turns(
                List.of(said("one", 1_000, 2_000, false), said("two", 5_000, 6_000, false)),
                List.of(agent(0, 500), agent(2_500, 3_500)));
        CallReport report = new CallReport(
                "sip:x@y",
                "id",
                new Outcome.Answered(),
                Duration.ofMillis(20),
                Duration.ofSeconds(10),
                CallReport.EndedBy.CALLER,
                "",
                turns,
                List.of(),
                SOUND,
                SOUND,
                "",
                Traffic.NONE);

        assertThat(report.answerTo(0)).isEqualTo(turns.get(2));
        assertThat(report.answerTo(1)).isNull();
        assertThat(report.latencies()).containsExactly(Duration.ofMillis(500));
        assertThat(report.recognisedBy(sound -> "hi").agentWords()).isEqualTo("hi hi");
        assertThat(JsonReport.of(report))
                .contains("\"latencyMillis\" : 500", "\"code\" : 200", "\"endedBy\" : \"caller\"");
    }
}
