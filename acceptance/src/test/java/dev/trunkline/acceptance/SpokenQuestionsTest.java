package dev.trunkline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Counters;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.app.reception.Reception;
import dev.trunkline.caller.sound.TelephoneSound;
import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.scenario.Action;
import dev.trunkline.core.scenario.Memory;
import dev.trunkline.core.scenario.Reply;
import dev.trunkline.core.scenario.Session;
import dev.trunkline.sound.AudioFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Twenty ways to ask each question, none of them known to the code, spoken by voices that are not ours, through the telephone's
 * mu-law and the server's recogniser, to the receptionist. Recognition errs, and so may three answers in twenty; a wrong fact to a
 * question that has nothing to do with it may never be told.
 */
class SpokenQuestionsTest {

    /**
     * The foreign voices that the tiny model understands best through the telephone: of forty other sentences it has one word
     * in ten wrong by the first, one in six by the second, one in four by flite's slt and one in three by the formant voices.
     */
    private static final List<Voice> VOICES = List.of(Voice.FLITE_RMS, Voice.FLITE_AWB);

    /** Of twenty: these voices lose one word in eight on the telephone, where recordings of people lose one in twenty. */
    private static final int MAY_FAIL = 3;

    private static final List<String> HOURS = List.of(
            "What are your opening hours?",
            "When do you open tomorrow?",
            "Until when are you open today?",
            "Are you open on Saturday?",
            "What time do you close on Friday?",
            "Could you tell me your business hours, please?",
            "I would like to know when you are open.",
            "Is anybody there on Sundays?",
            "How early can I come in the morning?",
            "How late are you open in the evening?",
            "Do you open at the weekend?",
            "On what days are you open?",
            "Are you closed on Sunday?",
            "What time do you start on Mondays?",
            "When can I visit you during the week?",
            "Are you still open now?",
            "Please tell me the opening times for Wednesday.",
            "At what hour does the practice open?",
            "Would you be open this Thursday at five?",
            "I want to ask about your hours.");

    private static final List<String> ADDRESS = List.of(
            "Where are you?",
            "What is your address?",
            "Could you give me the address of the practice?",
            "Where can I find you?",
            "How do I get to your place?",
            "Which street are you in?",
            "Can you tell me where you are located?",
            "How can I get there from the station?",
            "I need the address, please.",
            "In which part of town are you?",
            "Can I park near you?",
            "Is there a bus that stops near your office?",
            "What is the way to your practice?",
            "I don't know how to find you.",
            "Where do I need to go?",
            "Do you have a car park?",
            "Please give me directions.",
            "What's the name of your street?",
            "Where is your office?",
            "Tell me how to reach you on foot.");

    private static final List<String> PRICES = List.of(
            "How much is a first appointment?",
            "What does a home visit cost?",
            "What are your prices?",
            "How much do you charge?",
            "Could you tell me the price of a follow-up appointment?",
            "What would I have to pay for a first visit?",
            "Is a home visit expensive?",
            "I'd like to ask about your fees.",
            "What is the cost of an appointment?",
            "How much money should I bring?",
            "What do you charge for a second appointment?",
            "Can you tell me what it costs?",
            "How expensive is it?",
            "What's the rate for a house call?",
            "Please tell me your prices.",
            "How many pounds is a first session?",
            "What do I pay for the next appointment?",
            "Do you have a price list?",
            "How much will it be for a new patient?",
            "What is the fee for a home visit?");

    // written when the understanding was finished, and judged once

    private static final List<String> HELD_OUT_HOURS = List.of(
            "When are you open?",
            "What are your hours on Monday?",
            "Could I come by on Saturday morning?",
            "Do you close early on Fridays?",
            "Is the practice open today?",
            "When do you shut in the evening?",
            "Are you open all day on Tuesday?",
            "Tell me your opening hours, please.",
            "What time can I come tomorrow?",
            "Will you be open next Saturday?",
            "Are you there on Monday morning?",
            "How long are you open tonight?",
            "When does the practice close?",
            "I need your opening hours for the weekend.",
            "Do you work on Sundays?",
            "Is it possible to visit you on Thursday afternoon?",
            "What days are you closed?",
            "Can you tell me what time you open?",
            "Are you open during the holidays?",
            "Until what time are you there on Wednesday?");

    private static final List<String> HELD_OUT_ADDRESS = List.of(
            "What's the address?",
            "Where do I find the practice?",
            "Can you tell me your address?",
            "Where are you located?",
            "How do I get to the practice?",
            "Which road are you on?",
            "Could you tell me the way?",
            "I need to know where you are.",
            "Is there parking at the practice?",
            "Where can I park?",
            "What is your location?",
            "How do I reach you by bus?",
            "Can I walk there from the station?",
            "What town is your practice in?",
            "I am looking for your office.",
            "Please tell me where you are.",
            "Are you near the station?",
            "Could I have your full address?",
            "What is the best way to find you?",
            "Where exactly is the practice?");

    private static final List<String> HELD_OUT_PRICES = List.of(
            "What does it cost?",
            "How much does an appointment cost?",
            "What is the price?",
            "Tell me the price of a home visit.",
            "How much is a follow-up?",
            "How high is the fee?",
            "What do you charge for a home visit?",
            "How much do I have to pay?",
            "Can you tell me your prices?",
            "What would a first appointment cost?",
            "Is it very expensive?",
            "How much would a home visit be?",
            "I want to know the prices.",
            "What are your charges?",
            "How much money do you want for a session?",
            "What is the price of the first appointment?",
            "Do I have to pay a fee?",
            "How much does a second appointment cost?",
            "Give me the price list, please.",
            "What will the appointment cost me?");

    private static final List<String> OUT_OF_SCOPE = List.of(
            "What is the capital of France?",
            "Can you recommend a good restaurant?",
            "How do I reset my internet router?",
            "Who won the football match last night?",
            "Do you know any songs by the Beatles?");

    private static final Pattern HOURS_TOLD = Pattern.compile("(?i)\\b(open|closed?|hours)\\b");
    private static final Pattern ADDRESS_TOLD = Pattern.compile("(?i)harbour|station|clock tower|park|bus");
    private static final Pattern PRICE_TOLD = Pattern.compile("(?i)pounds");

    private final Reception reception = new Reception();

    private record Answered(String asked, String heard, String reply) {}

    private Answered ask(String question, Voice voice) {
        Counters.WORDS.add(question.split(" ").length);
        var telephone = TelephoneSound.converted(voice.says(question), AudioFormat.MULAW_8K);
        String heard = Ears.hearAsTheServerDoes(telephone);
        var agent = new Agent(
                "reception",
                "",
                "",
                "en",
                "",
                "sip:person@example.com",
                Agent.TurnTaking.DEFAULT,
                Agent.Limits.DEFAULT);
        var call = new CallInfo(
                new CallId("spoken"), "sip", CallDirection.INBOUND, Party.UNKNOWN, Party.UNKNOWN, Instant.now());
        Memory memory = new Memory();
        reception.onCallStart(new Session(call, agent, List.of(), memory));
        Reply reply = reception.onTranscript(new Session(call, agent, List.of(), memory), heard);
        String said = reply.actions().stream()
                .filter(Action.Say.class::isInstance)
                .map(action -> ((Action.Say) action).text())
                .collect(Collectors.joining(" "));
        return new Answered(question, heard, said);
    }

    private List<Answered> wrongAnswers(List<String> questions, Pattern right) {
        List<Answered> wrong = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Answered answered = ask(questions.get(i), VOICES.get(i % VOICES.size()));
            if (!right.matcher(answered.reply()).find()) {
                wrong.add(answered);
            }
        }
        return wrong;
    }

    @Test
    void theOpeningHoursAreUnderstoodInTwentyWays() {
        assertThat(wrongAnswers(HOURS, HOURS_TOLD)).hasSizeLessThanOrEqualTo(MAY_FAIL);
    }

    @Test
    void theAddressIsUnderstoodInTwentyWays() {
        assertThat(wrongAnswers(ADDRESS, ADDRESS_TOLD)).hasSizeLessThanOrEqualTo(MAY_FAIL);
    }

    @Test
    void thePricesAreUnderstoodInTwentyWays() {
        assertThat(wrongAnswers(PRICES, PRICE_TOLD)).hasSizeLessThanOrEqualTo(MAY_FAIL);
    }

    @Test
    void threeQuartersOfWhatNobodyLookedAtBeforeAreUnderstood() {
        assertThat(wrongAnswers(HELD_OUT_HOURS, HOURS_TOLD)).hasSizeLessThanOrEqualTo(5);
        assertThat(wrongAnswers(HELD_OUT_ADDRESS, ADDRESS_TOLD)).hasSizeLessThanOrEqualTo(5);
        assertThat(wrongAnswers(HELD_OUT_PRICES, PRICE_TOLD)).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void whatHasNothingToDoWithItIsAnsweredWithThePerson() {
        for (int i = 0; i < OUT_OF_SCOPE.size(); i++) {
            Answered answered = ask(OUT_OF_SCOPE.get(i), VOICES.get(i % VOICES.size()));
            assertThat(answered.reply())
                    .as(answered.toString())
                    .containsPattern("(?i)sorry|can't|cannot|don't know|afraid")
                    .containsPattern("(?i)someone|somebody|person|colleague|connect|message")
                    .doesNotContainPattern("(?i)pounds|harbour");
        }
    }
}
