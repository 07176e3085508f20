package dev.trunkline.core.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.call.CallState;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.conversation.ConversationEvent.AnswerAudible;
import dev.trunkline.core.conversation.ConversationEvent.Interrupted;
import dev.trunkline.core.conversation.ConversationEvent.SpeculationDiscarded;
import dev.trunkline.core.conversation.ConversationEvent.VoiceHeld;
import dev.trunkline.core.conversation.ConversationEvent.VoiceResumed;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.TransferFailure;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.core.record.Speaker;
import dev.trunkline.core.scenario.Expectation;
import dev.trunkline.core.scenario.Outcome;
import dev.trunkline.core.scenario.Reply;
import dev.trunkline.core.scenario.Scenario;
import dev.trunkline.core.scenario.Session;
import dev.trunkline.core.transfer.TransferWay;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConversationTest {

    private static final String GREETING = "Good day.";
    private static final String LONG =
            "We are open from nine to five on every weekday and from ten to two on Saturdays.";

    private final Rig rig = new Rig();

    /** Greets, and repeats what it hears. */
    private static class Parrot implements Scenario {
        @Override
        public Reply onCallStart(Session session) {
            return Reply.ask(GREETING);
        }

        @Override
        public Reply onTranscript(Session session, String text) {
            int before = Integer.parseInt(session.memory().get("asked", "0"));
            session.memory().put("asked", String.valueOf(before + 1));
            return text.contains("hours") ? Reply.ask(LONG) : Reply.ask("You said " + text + ".");
        }

        @Override
        public Reply onDtmf(Session session, String digits) {
            return Reply.ask("Keys " + digits + ".");
        }
    }

    private void greeted() {
        rig.start(new Parrot());
        rig.time.pass(2000);
    }

    @Test
    void theGreetingIsPreparedBeforeTheAnswerAndSpokenAtOnce() {
        rig.start(new Parrot());
        rig.time.pass(80);
        assertThat(rig.conversation.state()).isEqualTo(CallState.SPEAKING);
        assertThat(rig.leg.voice().isPlaying()).isTrue();
        rig.time.pass(2000);
        assertThat(rig.said(Speaker.AGENT)).containsExactly(GREETING);
        assertThat(rig.conversation.state()).isEqualTo(CallState.STREAMING);
    }

    @Test
    void whatTheLineCarriesIsNotAskedBeforeTheAnswerThoughTheGreetingIsMadeByThen() {
        greeted();
        assertThat(rig.leg.voice().settled).isTrue();
        assertThat(rig.leg.voice().formatGuessed).isFalse();
    }

    @Test
    void aQuestionIsAnsweredAndBothTurnsAreRecordedWithTheirLatency() {
        greeted();
        rig.callerSays("What are your hours?", 900);
        rig.time.pass(8000);
        assertThat(rig.said(Speaker.CALLER)).containsExactly("What are your hours?");
        assertThat(rig.said(Speaker.AGENT)).containsExactly(GREETING, LONG);
        var latency = rig.turns().getLast().latency();
        assertThat(latency.endOfTurnWait()).isEqualTo(500);
        assertThat(latency.transcription()).isEqualTo(180);
        assertThat(latency.mouthToEar()).isBetween(500L, 540L);
        assertThat(latency.speculative()).isTrue();
    }

    @Test
    void whatAnAnswerTookBeyondTheCallersSilenceIsToldOnceAndTheGreetingHasNone() {
        greeted();
        assertThat(rig.saw(AnswerAudible.class)).isFalse();
        rig.callerSays("What are your hours?", 900);
        rig.time.pass(8000);
        assertThat(rig.events.stream().filter(AnswerAudible.class::isInstance))
                .singleElement()
                .satisfies(event -> assertThat(((AnswerAudible) event).beyondSilence())
                        .isBetween(Duration.ZERO, Duration.ofMillis(40)));
    }

    @Test
    void speculativeWorkIsDiscardedWhenTheCallerGoesOn() {
        greeted();
        rig.callerSays("You are nice", 900);
        rig.time.pass(300); // prepared, not given
        assertThat(rig.asked).containsExactly("You are nice");
        rig.callerSays("and what are your hours?", 900);
        rig.time.pass(8000);
        assertThat(rig.saw(SpeculationDiscarded.class)).isTrue();
        assertThat(rig.said(Speaker.CALLER)).containsExactly("You are nice and what are your hours?");
        assertThat(rig.said(Speaker.AGENT)).containsExactly(GREETING, LONG);
    }

    @Test
    void memoryOfADiscardedThoughtIsForgotten() {
        Scenario counting = new Parrot() {
            @Override
            public Reply onTranscript(Session session, String text) {
                super.onTranscript(session, text);
                return Reply.ask("Asked " + session.memory().get("asked", "?") + ".");
            }
        };
        rig.start(counting);
        rig.time.pass(2000);
        rig.callerSays("first", 500);
        rig.time.pass(300);
        rig.callerSays("second", 500);
        rig.time.pass(5000);
        assertThat(rig.said(Speaker.AGENT)).containsExactly(GREETING, "Asked 1.");
    }

    @Test
    void anUnfinishedSentenceGetsMorePatience() {
        greeted();
        rig.callerSays("My number is", 900);
        rig.time.pass(900);
        assertThat(rig.said(Speaker.CALLER)).isEmpty();
        rig.time.pass(400);
        assertThat(rig.said(Speaker.CALLER)).containsExactly("My number is");
    }

    @Test
    void whoGoesOnBeforeTheAnswerIsHeardHasNotFinished() {
        greeted();
        rig.thinkingMillis = 600;
        rig.synthesisMillis = 400;
        rig.callerSays("Tell me", 700);
        rig.time.pass(560); // the turn is over, nothing audible yet
        assertThat(rig.said(Speaker.CALLER)).containsExactly("Tell me");
        rig.callerSays("your hours?", 700);
        rig.time.pass(12_000);
        assertThat(rig.said(Speaker.CALLER)).containsExactly("Tell me your hours?");
        assertThat(rig.said(Speaker.AGENT)).containsExactly(GREETING, LONG);
    }

    @Test
    void aRealInterruptionStopsTheVoiceAndTheContextKeepsWhatWasHeard() {
        greeted();
        rig.callerSays("What are your hours?", 900);
        rig.time.pass(2500);
        rig.callerBegins("Stop, and on Sundays?");
        rig.time.pass(240);
        assertThat(rig.leg.voice().isHeld()).isTrue();
        rig.time.pass(1000);
        rig.callerStops();
        rig.time.pass(5000);
        assertThat(rig.saw(Interrupted.class)).isTrue();
        var cut = rig.turns().get(2);
        assertThat(cut.interrupted()).isTrue();
        assertThat(LONG).startsWith(cut.text());
        assertThat(cut.text().length()).isBetween(20, 50);
        assertThat(rig.said(Speaker.AGENT).getLast()).isEqualTo("You said Stop, and on Sundays?.");
    }

    @Test
    void aShortWordThatIsMeantStopsTheVoice() {
        greeted();
        rig.callerSays("What are your hours?", 900);
        rig.time.pass(1500);
        rig.callerSays("Wait", 150);
        rig.time.pass(400);
        assertThat(rig.saw(Interrupted.class)).isTrue();
    }

    @Test
    void agreementDoesNotStopTheVoice() {
        greeted();
        rig.callerSays("What are your hours?", 900);
        rig.time.pass(1500);
        rig.callerSays("Mm-hmm", 400);
        rig.time.pass(8000);
        assertThat(rig.saw(VoiceHeld.class)).isTrue();
        assertThat(rig.saw(VoiceResumed.class)).isTrue();
        assertThat(rig.said(Speaker.AGENT)).containsExactly(GREETING, LONG);
        assertThat(rig.said(Speaker.CALLER)).containsExactly("What are your hours?");
    }

    @Test
    void aCoughHoldsTheVoiceAndItGoesOnFromTheWordItWasIn() {
        greeted();
        rig.callerSays("What are your hours?", 900);
        rig.time.pass(1500);
        rig.callerSays("", 300);
        rig.time.pass(9000);
        assertThat(rig.saw(VoiceHeld.class)).isTrue();
        assertThat(rig.saw(Interrupted.class)).isFalse();
        assertThat(rig.said(Speaker.AGENT)).containsExactly(GREETING, LONG);
    }

    @Test
    void longNoiseThatTookTheFloorGivesItBack() {
        greeted();
        rig.callerSays("What are your hours?", 900);
        rig.time.pass(1500);
        rig.callerSays("", 2500);
        rig.time.pass(12_000);
        assertThat(rig.saw(Interrupted.class)).isTrue();
        assertThat(String.join(" ", rig.said(Speaker.AGENT))).isEqualTo(GREETING + " " + LONG);
    }

    @Test
    void aHeldVoiceIsAlwaysDecidedAbout() {
        greeted();
        rig.callerSays("What are your hours?", 900);
        rig.time.pass(1500);
        rig.ears.deaf = true;
        rig.callerSays("", 300);
        rig.time.pass(1500);
        assertThat(rig.leg.voice().isHeld()).isFalse();
        assertThat(rig.saw(VoiceResumed.class)).isTrue();
    }

    @Test
    void whatIsSaidDuringANoticeIsAnsweredAfterIt() {
        rig.start(new Parrot() {
            @Override
            public Reply onCallStart(Session session) {
                return Reply.announce("This call is recorded for training and quality. You may object.");
            }
        });
        rig.time.pass(500);
        rig.callerSays("I object", 600);
        rig.time.pass(12_000);
        assertThat(rig.saw(VoiceHeld.class)).isFalse();
        assertThat(rig.said(Speaker.AGENT))
                .containsExactly(
                        "This call is recorded for training and quality. You may object.", "You said I object.");
    }

    @Test
    void anExpectedNumberIsCollectedFromTheKeys() {
        rig.start(new Parrot() {
            @Override
            public Reply onCallStart(Session session) {
                return Reply.ask("Your number?", Expectation.digits(10));
            }
        });
        rig.time.pass(300);
        for (char digit : "1234#".toCharArray()) {
            rig.press(digit);
            rig.time.pass(200);
        }
        rig.time.pass(3000);
        assertThat(rig.said(Speaker.CALLER)).containsExactly("[keys 1234]");
        assertThat(rig.said(Speaker.AGENT).getLast()).isEqualTo("Keys 1234.");
    }

    @Test
    void aNumberWithoutTheClosingKeyIsCompleteAfterAPause() {
        rig.start(new Parrot() {
            @Override
            public Reply onCallStart(Session session) {
                return Reply.ask("Your number?", Expectation.digits(10));
            }
        });
        rig.time.pass(2000);
        rig.press('7');
        rig.time.pass(2400);
        assertThat(rig.said(Speaker.CALLER)).isEmpty();
        rig.press('8');
        rig.time.pass(5000);
        assertThat(rig.said(Speaker.CALLER)).containsExactly("[keys 78]");
    }

    @Test
    void aSilentCallerIsPromptedTwiceThenTheAgentSaysGoodbye() {
        greeted();
        rig.time.pass(60_000);
        assertThat(rig.said(Speaker.AGENT))
                .containsExactly(
                        GREETING,
                        "Are you still there?",
                        "I can't hear you. Please say something.",
                        Phrases.ENGLISH.silentGoodbye());
        assertThat(rig.closedBecause()).isEqualTo(EndReason.CALLER_SILENT);
    }

    @Test
    void theAgentHangsUpAfterItsGoodbyeWasHeard() {
        rig.start(new Parrot() {
            @Override
            public Reply onTranscript(Session session, String text) {
                return Reply.say("Goodbye and thank you.").hangUp();
            }
        });
        rig.time.pass(2000);
        rig.callerSays("Bye", 300);
        rig.time.pass(900);
        assertThat(rig.leg.hungUp).isNull();
        rig.time.pass(3000);
        assertThat(rig.leg.hungUp).isEqualTo(EndReason.AGENT_HUNG_UP);
        assertThat(rig.said(Speaker.AGENT).getLast()).isEqualTo("Goodbye and thank you.");
    }

    @Test
    void whoSpeaksIntoTheGoodbyeIsNotHungUpOn() {
        rig.start(new Parrot() {
            @Override
            public Reply onTranscript(Session session, String text) {
                return text.contains("Bye")
                        ? Reply.say("Goodbye and thank you for calling us.").hangUp()
                        : Reply.ask("Yes.");
            }
        });
        rig.time.pass(2000);
        rig.callerSays("Bye", 300);
        rig.time.pass(1000);
        rig.callerSays("Oh wait one more question", 1500);
        rig.time.pass(4000);
        assertThat(rig.leg.hungUp).isNull();
        assertThat(rig.said(Speaker.AGENT).getLast()).isEqualTo("Yes.");
    }

    @Test
    void theLongestDurationEndsTheCallWithAWord() {
        var limits = new Agent.Limits(Duration.ofSeconds(20), 1);
        rig.start(new Parrot(), new Agent("test", "", "", "en", "", "", Agent.TurnTaking.DEFAULT, limits));
        rig.time.pass(40_000);
        assertThat(rig.closedBecause()).isEqualTo(EndReason.MAX_DURATION);
        assertThat(rig.said(Speaker.AGENT)).contains(Phrases.ENGLISH.timeIsUp());
    }

    @Test
    void aServerThatStopsSaysGoodbye() {
        greeted();
        rig.conversation.wrapUp();
        rig.time.pass(15_000);
        assertThat(rig.closedBecause()).isEqualTo(EndReason.SHUTDOWN);
        assertThat(rig.said(Speaker.AGENT)).contains(Phrases.ENGLISH.shutdown());
    }

    @Test
    void aCallerWhoHangsUpInTheMiddleLeavesARecordOfWhatWasHeard() {
        greeted();
        rig.callerSays("What are your hours?", 900);
        rig.time.pass(2500);
        rig.leg.hangUp(EndReason.CALLER_HUNG_UP);
        rig.time.pass(10);
        assertThat(rig.closedBecause()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(rig.turns()).hasSize(3);
        assertThat(LONG).startsWith(rig.turns().getLast().text());
        assertThat(rig.conversation.state()).isEqualTo(CallState.ENDED);
        long entries = rig.log.size();
        rig.time.pass(60_000);
        assertThat(rig.log).hasSize((int) entries);
    }

    @Test
    void aMindThatFailsIsExcusedAndTheCallGoesOn() {
        rig.start(new Parrot() {
            @Override
            public Reply onTranscript(Session session, String text) {
                if (text.contains("break")) {
                    throw new IllegalStateException("broken");
                }
                return super.onTranscript(session, text);
            }
        });
        rig.time.pass(2000);
        rig.callerSays("break it", 500);
        rig.time.pass(8000);
        assertThat(rig.said(Speaker.AGENT)).contains(Phrases.ENGLISH.trouble());
        rig.callerSays("hello there", 500);
        rig.time.pass(8000);
        assertThat(rig.said(Speaker.AGENT).getLast()).isEqualTo("You said hello there.");
    }

    @Test
    void speechThatRecognitionNeverTellsOfIsAskedForAgain() {
        greeted();
        rig.ears.deaf = true;
        rig.callerSays("mumble", 800);
        rig.time.pass(12_000);
        assertThat(rig.said(Speaker.AGENT)).contains(Phrases.ENGLISH.notUnderstood());
    }

    @Test
    void wordsWithoutMarksOfSpeechAreAnsweredToo() {
        greeted();
        rig.ears.tell("hello there", true, rig.time.millis() + 10_000);
        rig.time.pass(4000);
        assertThat(rig.said(Speaker.AGENT).getLast()).isEqualTo("You said hello there.");
    }

    @Test
    void aLateRepetitionOfATurnThatWasTakenIsIgnored() {
        greeted();
        rig.callerSays("hello there", 600);
        rig.time.pass(5000);
        rig.ears.tell("hello there", true, rig.time.millis() - 5000);
        rig.time.pass(5000);
        assertThat(rig.said(Speaker.CALLER)).containsExactly("hello there");
    }

    @Test
    void aCallerIsConnectedToAPersonAndComesBackWhenThePersonLeaves() {
        rig.start(new Parrot() {
            @Override
            public Reply onTranscript(Session session, String text) {
                return Reply.say("One moment.").connect();
            }

            @Override
            public Reply onOutcome(Session session, Outcome outcome) {
                return Reply.ask(outcome instanceof Outcome.PersonLeft ? "Back again." : "Nobody there.");
            }
        });
        rig.time.pass(2000);
        rig.callerSays("A person please", 600);
        rig.time.pass(3000);
        assertThat(rig.conversation.state()).isEqualTo(CallState.TRANSFERRING);
        rig.person.emit(new LegEvent.Answered(rig.time.nanoTime()));
        rig.time.pass(60_000);
        assertThat(rig.leg.voice().joined).isSameAs(rig.person.voice());
        rig.person.emit(new LegEvent.Ended(rig.time.nanoTime(), EndReason.CALLER_HUNG_UP, ""));
        rig.time.pass(3000);
        assertThat(rig.leg.voice().joined).isNull();
        assertThat(rig.said(Speaker.AGENT)).endsWith("Back again.");
        assertThat(rig.conversation.state()).isEqualTo(CallState.STREAMING);
    }

    private void asksForAPerson(TransferWay way) {
        rig.transfers = way;
        rig.leg.transfers = true;
        rig.start(new Parrot() {
            @Override
            public Reply onTranscript(Session session, String text) {
                return Reply.say("One moment.").connect();
            }

            @Override
            public Reply onOutcome(Session session, Outcome outcome) {
                return Reply.ask("Outcome " + ((Outcome.NotConnected) outcome).reason() + ".");
            }
        });
        rig.time.pass(2000);
        rig.callerSays("A person please", 600);
        rig.time.pass(3000);
    }

    @Test
    void aCallerWhoseSideTakesThemToThePersonHasBeenTransferred() {
        asksForAPerson(TransferWay.AUTO);
        assertThat(rig.leg.transferredTo).isEqualTo("sip:person@example.com");
        assertThat(rig.person).isNull();
        assertThat(rig.conversation.state()).isEqualTo(CallState.TRANSFERRING);
        rig.leg.emit(new LegEvent.TransferProgress(rig.time.nanoTime(), true));
        rig.leg.emit(new LegEvent.Transferred(rig.time.nanoTime()));
        rig.time.pass(10);
        rig.leg.emit(new LegEvent.Ended(rig.time.nanoTime(), EndReason.CALLER_HUNG_UP, ""));
        rig.time.pass(100);
        assertThat(rig.events).contains(new ConversationEvent.HandedOver("sip:person@example.com"));
        assertThat(rig.events).contains(new ConversationEvent.Ended(EndReason.TRANSFERRED, ""));
    }

    @Test
    void aCallerWhoseSideDoesNoTransfersIsBridged() {
        asksForAPerson(TransferWay.AUTO);
        rig.leg.emit(new LegEvent.TransferRefused(rig.time.nanoTime(), TransferFailure.UNSUPPORTED, "405"));
        rig.time.pass(10);
        assertThat(rig.person).isNotNull();
        rig.person.emit(new LegEvent.Answered(rig.time.nanoTime()));
        rig.time.pass(10);
        assertThat(rig.leg.voice().joined).isSameAs(rig.person.voice());
    }

    @Test
    void aPersonWhoIsBusyForTheCallersSideIsNotCalledByUsAsWell() {
        asksForAPerson(TransferWay.AUTO);
        rig.leg.emit(new LegEvent.TransferRefused(rig.time.nanoTime(), TransferFailure.BUSY, "486"));
        rig.time.pass(3000);
        assertThat(rig.person).isNull();
        assertThat(rig.said(Speaker.AGENT)).endsWith("Outcome BUSY.");
        assertThat(rig.conversation.state()).isEqualTo(CallState.STREAMING);
    }

    @Test
    void whereOnlyHandingOverIsAllowedARefusalIsReported() {
        asksForAPerson(TransferWay.HAND_OVER);
        rig.leg.emit(new LegEvent.TransferRefused(rig.time.nanoTime(), TransferFailure.UNSUPPORTED, "405"));
        rig.time.pass(3000);
        assertThat(rig.person).isNull();
        assertThat(rig.said(Speaker.AGENT)).endsWith("Outcome UNREACHABLE.");
    }

    @Test
    void aPersonWhoIsBusyIsReportedToTheScenario() {
        rig.start(new Parrot() {
            @Override
            public Reply onTranscript(Session session, String text) {
                return Reply.say("One moment.").connect();
            }

            @Override
            public Reply onOutcome(Session session, Outcome outcome) {
                return Reply.ask(outcome.equals(new Outcome.NotConnected(Outcome.Reason.BUSY)) ? "Busy." : "Else.");
            }
        });
        rig.time.pass(2000);
        rig.callerSays("A person please", 600);
        rig.time.pass(3000);
        rig.person.emit(new LegEvent.Ended(rig.time.nanoTime(), EndReason.DECLINED, "486"));
        rig.time.pass(3000);
        assertThat(rig.said(Speaker.AGENT)).endsWith("Busy.");
    }

    @Test
    void whenTheCallerLeavesAPersonTheCallEndsAsTransferred() {
        rig.start(new Parrot() {
            @Override
            public Reply onTranscript(Session session, String text) {
                return Reply.say("One moment.").connect();
            }
        });
        rig.time.pass(2000);
        rig.callerSays("A person please", 600);
        rig.time.pass(3000);
        rig.person.emit(new LegEvent.Answered(rig.time.nanoTime()));
        rig.time.pass(1000);
        rig.leg.hangUp(EndReason.CALLER_HUNG_UP);
        rig.time.pass(100);
        assertThat(rig.closedBecause()).isEqualTo(EndReason.TRANSFERRED);
        assertThat(rig.person.hungUp).isEqualTo(EndReason.TRANSFERRED);
    }

    @Test
    void onHoldTheVoiceWaitsAndGoesOnAfterwards() {
        greeted();
        rig.callerSays("What are your hours?", 900);
        rig.time.pass(2000);
        rig.leg.emit(new LegEvent.Held(rig.time.nanoTime()));
        rig.time.pass(120_000);
        assertThat(rig.conversation.state()).isEqualTo(CallState.HELD);
        rig.leg.emit(new LegEvent.Retrieved(rig.time.nanoTime()));
        rig.time.pass(6000);
        assertThat(rig.said(Speaker.AGENT)).containsExactly(GREETING, LONG);
    }

    @Test
    void anEchoLetsCallersHearThemselvesAndRecognisesNothing() {
        rig.start(new Parrot() {
            @Override
            public Reply onCallStart(Session session) {
                return Reply.nothing().echo();
            }
        });
        rig.time.pass(100);
        assertThat(rig.leg.voice().joined).isSameAs(rig.leg.voice());
        rig.callerSays("hello there", 900);
        rig.time.pass(120_000);
        assertThat(rig.turns()).isEmpty();
        assertThat(rig.leg.hungUp).isNull();
    }

    @Test
    void messagesOfTheCallerReachTheRecord() {
        rig.start(new Parrot() {
            @Override
            public Reply onTranscript(Session session, String text) {
                return Reply.say("Noted.").leaveMessage("Ann", "123", text);
            }
        });
        rig.time.pass(2000);
        rig.callerSays("Call me back", 600);
        rig.time.pass(4000);
        assertThat(rig.log.stream().filter(CallLogEntry.MessageLeft.class::isInstance))
                .hasSize(1);
    }

    @Test
    void aYesIntoTheEndOfAQuestionIsItsAnswer() {
        rig.start(new Parrot() {
            @Override
            public Reply onCallStart(Session session) {
                return Reply.ask("We are closed today. Shall I connect you to a person now?");
            }
        });
        rig.time.pass(3000);
        rig.callerSays("Yes", 300);
        rig.time.pass(6000);
        assertThat(rig.said(Speaker.CALLER)).containsExactly("Yes");
        assertThat(rig.said(Speaker.AGENT).getLast()).isEqualTo("You said Yes.");
    }

    @Test
    void aYesInTheMiddleOfAStoryIsNoAnswer() {
        rig.start(new Parrot() {
            @Override
            public Reply onCallStart(Session session) {
                return Reply.ask("We are closed today and on Sunday as well. Shall I connect you?");
            }
        });
        rig.time.pass(800);
        rig.callerSays("Yes", 300);
        rig.time.pass(8000);
        assertThat(rig.said(Speaker.CALLER)).isEmpty();
    }

    @Test
    void aClosingKeyWithoutANumberLeavesTheCallAlive() {
        rig.start(new Parrot() {
            @Override
            public Reply onCallStart(Session session) {
                return Reply.ask("Your number?", Expectation.digits(10));
            }
        });
        rig.time.pass(2000);
        rig.press('#');
        rig.time.pass(90_000);
        assertThat(rig.closedBecause()).isEqualTo(EndReason.CALLER_SILENT);
    }

    @Test
    void whatIsSaidWhileBeingConnectedDoesNotSilenceTheAgentAfterwards() {
        rig.start(new Parrot() {
            @Override
            public Reply onTranscript(Session session, String text) {
                return Reply.announce("One moment, I will connect you.").connect();
            }

            @Override
            public Reply onOutcome(Session session, Outcome outcome) {
                return Reply.ask("Nobody there.");
            }
        });
        rig.time.pass(2000);
        rig.callerSays("A person please", 600);
        rig.time.pass(2300);
        rig.callerBegins("okay thank you");
        rig.time.pass(900);
        assertThat(rig.conversation.state()).isEqualTo(CallState.TRANSFERRING);
        rig.callerStops();
        rig.time.pass(3000);
        rig.person.emit(new LegEvent.Ended(rig.time.nanoTime(), EndReason.NO_ANSWER, ""));
        rig.time.pass(90_000);
        assertThat(rig.closedBecause()).isEqualTo(EndReason.CALLER_SILENT);
    }

    @Test
    void theLongestDurationHoldsAlsoAfterATalkWithAPerson() {
        rig.start(new Parrot() {
            @Override
            public Reply onTranscript(Session session, String text) {
                return Reply.say("One moment.").connect();
            }
        });
        rig.time.pass(2000);
        rig.callerSays("A person please", 600);
        rig.time.pass(3000);
        rig.person.emit(new LegEvent.Answered(rig.time.nanoTime()));
        rig.time.pass(Duration.ofMinutes(40).toMillis());
        assertThat(rig.closedBecause()).isNull();
        rig.person.emit(new LegEvent.Ended(rig.time.nanoTime(), EndReason.CALLER_HUNG_UP, ""));
        rig.time.pass(20_000);
        assertThat(rig.closedBecause()).isEqualTo(EndReason.MAX_DURATION);
    }

    @Test
    void aMessageIsTakenOnceThoughTheCallerGoesOn() {
        rig.start(new Parrot() {
            @Override
            public Reply onTranscript(Session session, String text) {
                return Reply.nothing().leaveMessage("Ann", "123", text).andSay("Noted.");
            }
        });
        rig.synthesisMillis = 600;
        rig.time.pass(3000);
        rig.callerSays("Please call me", 600);
        rig.time.pass(560);
        rig.callerSays("tomorrow at nine", 600);
        rig.time.pass(6000);
        assertThat(rig.log.stream()
                        .filter(CallLogEntry.MessageLeft.class::isInstance)
                        .map(entry ->
                                ((CallLogEntry.MessageLeft) entry).message().text()))
                .doesNotHaveDuplicates()
                .containsExactly("Please call me", "tomorrow at nine");
    }

    @Test
    void whatIsHeardOnHoldIsNotTheCaller() {
        greeted();
        rig.leg.emit(new LegEvent.Held(rig.time.nanoTime()));
        rig.callerSays("Your call is important to us", 2000);
        rig.time.pass(60_000);
        rig.leg.emit(new LegEvent.Retrieved(rig.time.nanoTime()));
        rig.time.pass(3000);
        assertThat(rig.said(Speaker.CALLER)).isEmpty();
        rig.callerSays("Back again", 500);
        rig.time.pass(4000);
        assertThat(rig.said(Speaker.CALLER)).containsExactly("Back again");
    }

    @Test
    void theLongestDurationEndsACallWhoseVoiceCannotBePlayed() {
        var limits = new Agent.Limits(Duration.ofSeconds(20), 1);
        rig.start(new Parrot(), new Agent("test", "", "", "en", "", "", Agent.TurnTaking.DEFAULT, limits));
        rig.leg.voice().frozen = true;
        rig.time.pass(60_000);
        assertThat(rig.closedBecause()).isEqualTo(EndReason.MAX_DURATION);
    }

    @Test
    void aCallOnHoldEndsAtItsLongestDuration() {
        var limits = new Agent.Limits(Duration.ofSeconds(20), 1);
        rig.start(new Parrot(), new Agent("test", "", "", "en", "", "", Agent.TurnTaking.DEFAULT, limits));
        rig.time.pass(2000);
        rig.leg.emit(new LegEvent.Held(rig.time.nanoTime()));
        rig.time.pass(30_000);
        assertThat(rig.closedBecause()).isEqualTo(EndReason.MAX_DURATION);
    }

    @Test
    void aMindSeesTheCallersWordsOnceWhetherItThoughtAheadOrNot() {
        java.util.List<String> seen = new java.util.ArrayList<>();
        rig.start(new Parrot() {
            @Override
            public Reply onTranscript(Session session, String text) {
                session.history().forEach(message -> seen.add(message.text()));
                return super.onTranscript(session, text);
            }
        });
        rig.time.pass(2000);
        rig.recognitionMillis = 700; // known only when the turn is over: nothing is prepared
        rig.callerSays("hello there", 600);
        rig.time.pass(5000);
        assertThat(seen).containsExactly(GREETING);
    }

    @Test
    void aVoiceThatMakesNoSoundIsGivenUp() {
        rig.start(new Parrot());
        rig.time.pass(2000);
        rig.synthesisMillis = 3_600_000;
        rig.callerSays("hello there", 600);
        rig.time.pass(13_000);
        assertThat(rig.saw(ConversationEvent.Trouble.class)).isTrue();
        rig.synthesisMillis = 50;
        rig.callerSays("still there", 600);
        rig.time.pass(5000);
        assertThat(rig.said(Speaker.AGENT).getLast()).isEqualTo("You said still there.");
    }
}
