package dev.trunkline.core.conversation;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.CallState;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.conversation.ConversationEvent.Stage;
import dev.trunkline.core.conversation.Listening.TurnTimes;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.Voice;
import dev.trunkline.core.mind.Occasion;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.core.scenario.Action;
import dev.trunkline.core.scenario.Expectation;
import dev.trunkline.core.scenario.Outcome;
import dev.trunkline.core.speech.TranscriptEvent;
import dev.trunkline.core.speech.Transcription;
import dev.trunkline.core.speech.TranscriptionRequest;
import dev.trunkline.core.time.Timekeeper.Alarm;
import dev.trunkline.sound.AudioFormat;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One caller and one agent, from the answer to the end. This file is the picture of how it flows:
 *
 * <pre>
 *  leg ──sound──► recogniser ──words──► Listening ──turn──► Answering ──► mind
 *   ▲                                      │ pause            │   ▲
 *   │                                      ▼                  ▼   └ words, actions
 *   └──────────── voice ◄── BargeIn ◄── hold, speech      Utterance ──► synthesiser ──► voice
 *                                                             └► Chronicle keeps exactly what was heard
 * </pre>
 *
 * All of it happens in order on one thread of the executor at a time (see {@link Mailbox}), and by the clock of {@link
 * ConversationParts#time()}: with a clock that is moved by hand it runs in virtual time. The public methods may be called from
 * any thread.
 */
public final class Conversation {

    /** How long the last phrase may take, from the decision to the hang-up. */
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(20);

    private final CallInfo call;
    private final Leg leg;
    private final Voice voice;
    private final Agent agent;
    private final ConversationParts parts;

    private final Mailbox mailbox;
    private final Alarms alarms;
    private final Transcription transcription;
    private final AudioFormat heardFormat;
    private final Listening listening;
    private final Chronicle chronicle;
    private final Answering answering;
    private final BargeIn bargeIn;
    private final KeyPad keyPad;

    private volatile CallState state = CallState.RINGING;
    private volatile boolean listens = true;
    private boolean answered;
    private boolean ended;
    private boolean onHold;
    private boolean leaving;
    private boolean echoing;
    private boolean timeIsUp;
    private @Nullable Connection connection;
    private @Nullable String unanswered;
    private @Nullable TurnTimes unansweredTimes;
    private @Nullable Occasion withdrawn;
    private @Nullable String afterwards;
    private @Nullable TurnTimes afterwardsTimes;
    private @Nullable String keysAfterwards;
    private long keysAfterwardsNanos;
    private int prompts;
    private Alarm idle = () -> {};
    private Alarm longest = () -> {};
    private EndReason hangUpReason = EndReason.AGENT_HUNG_UP;

    /** A conversation over an inbound leg that rings. Nothing happens before {@link #begin}. */
    public Conversation(CallInfo call, Leg leg, Agent agent, ConversationParts parts) {
        this.call = call;
        this.leg = leg;
        this.voice = leg.voice();
        this.agent = agent;
        this.parts = parts;
        this.mailbox = new Mailbox(parts.executor(), e -> trouble(Stage.ENGINE, "event failed: " + e));
        this.alarms = new Alarms(parts.time(), mailbox);
        this.chronicle = new Chronicle(call, parts);
        this.heardFormat = parts.ears().accepts().getFirst();
        this.transcription = parts.ears()
                .open(new TranscriptionRequest(call.id(), heardFormat, agent.language(), List.of()), this::heard);
        this.listening = new Listening(
                agent.turnTaking(),
                new CompletenessEndOfTurn(),
                parts.time(),
                alarms,
                transcription::turnTaken,
                new CallerSide());
        this.answering = new Answering(call, agent, parts, voice, mailbox, alarms, chronicle, new AgentSide());
        this.bargeIn = new BargeIn(agent.turnTaking(), parts.time(), alarms, voice, new FloorSide());
        this.keyPad = new KeyPad(alarms, this::keysPressed);
    }

    /** Takes the call, and converses until it ends. */
    public void begin() {
        mailbox.post(() -> {
            become(CallState.CONNECTING);
            answering.prepare(new Occasion.CallStarted());
            leg.listen(this::legEvent);
            leg.answer();
        });
    }

    /** Says goodbye and hangs up, because the server is being stopped. */
    public void wrapUp() {
        mailbox.post(() -> {
            if (ended || leaving) {
                return;
            }
            if (!answered || connection != null || echoing) {
                leg.hangUp(EndReason.SHUTDOWN);
            } else {
                leave(parts.phrases().shutdown(), EndReason.SHUTDOWN);
            }
        });
    }

    /** Hangs up at once. */
    public void end(EndReason reason) {
        mailbox.post(() -> leg.hangUp(reason));
    }

    /** Where the call stands. */
    public CallState state() {
        return state;
    }

    /** Who, whom, when. */
    public CallInfo call() {
        return call;
    }

    // ---- what comes in ----------------------------------------------------------------------------------------------

    /** On the channel's and media's threads: the recogniser learns of speech at once, everybody else in order. */
    private void legEvent(LegEvent event) {
        if (listens) {
            if (event instanceof LegEvent.SpeechStarted started) {
                transcription.speechStarted(started.streamMillis());
            } else if (event instanceof LegEvent.SpeechStopped stopped) {
                transcription.speechStopped(stopped.streamMillis());
            }
        }
        mailbox.post(() -> {
            if (!ended) {
                on(event);
                settleState();
            }
        });
    }

    /** On the recogniser's threads. */
    private void heard(TranscriptEvent event) {
        Runnable action = () -> {
            if (!ended && listens) {
                switch (event) {
                    case TranscriptEvent.Hypothesis hypothesis -> {
                        parts.observer().on(call, new ConversationEvent.Heard(hypothesis.text(), hypothesis.settled()));
                        listening.on(hypothesis);
                    }
                    case TranscriptEvent.Failed failed -> trouble(Stage.HEARING, failed.message());
                }
                settleState();
            }
        };
        if (event instanceof TranscriptEvent.Hypothesis hypothesis && !hypothesis.settled()) {
            mailbox.postReplaceable(action);
        } else {
            mailbox.post(action);
        }
    }

    private void on(LegEvent event) {
        switch (event) {
            case LegEvent.Answered now -> answered();
            case LegEvent.SpeechStarted started -> {
                if (listens) {
                    listening.on(started);
                }
            }
            case LegEvent.SpeechStopped stopped -> {
                if (listens) {
                    listening.on(stopped);
                }
            }
            case LegEvent.PlaybackHeld held -> held(held);
            case LegEvent.PlaybackStarted started -> answering.on(started);
            case LegEvent.PlaybackFinished finished -> {
                bargeIn.forget();
                answering.on(finished);
            }
            case LegEvent.DigitPressed pressed -> keyPressed(pressed);
            case LegEvent.Held now -> putOnHold();
            case LegEvent.Retrieved now -> retrieved();
            case LegEvent.Ended over -> finish(over.reason(), over.detail());
            case LegEvent.Ringing now -> {
                // only legs that we call ring; they are another's business
            }
            case LegEvent.MediaStarted now -> {
                // sound is expected from the answer on
            }
            case LegEvent.Replaced replaced ->
                parts.observer().on(call, new ConversationEvent.Replaced(replaced.id(), replaced.farSide()));
            case LegEvent.HoldTaken taken -> onTransfer(event);
            case LegEvent.HoldEnded back -> onTransfer(event);
            case LegEvent.HoldRefused refused -> onTransfer(event);
            case LegEvent.TransferProgress progress -> onTransfer(event);
            case LegEvent.Transferred gone -> onTransfer(event);
            case LegEvent.TransferRefused refused -> onTransfer(event);
        }
    }

    // ---- the call ---------------------------------------------------------------------------------------------------

    private void answered() {
        if (answered) {
            return;
        }
        answered = true;
        parts.log().write(new CallLogEntry.Answered(call.id(), parts.time().now()));
        longest = alarms.after(agent.limits().maxDuration(), this::timeIsUp);
        become(CallState.STREAMING);
        listenAgain();
        answering.give(new Occasion.CallStarted(), null);
    }

    private void listenAgain() {
        listens = true;
        voice.hear(parts.converter().into(voice.format(), transcription, heardFormat));
    }

    private void stopListening() {
        listens = false;
        voice.hear((samples, offset, length, streamMillis) -> {});
        listening.reset();
    }

    private void timeIsUp() {
        if (connection != null) {
            timeIsUp = true; // people talk as long as they like; the agent does not begin again
            return;
        }
        leave(parts.phrases().timeIsUp(), EndReason.MAX_DURATION);
        settleState();
    }

    /** Says a last phrase that nothing stops, and hangs up. */
    private void leave(String phrase, EndReason reason) {
        if (leaving) {
            return;
        }
        leaving = true;
        hangUpReason = reason;
        bargeIn.forget();
        if (onHold) {
            leg.hangUp(reason); // nobody would hear it
            return;
        }
        // also if the phrase never comes to its end
        longest.cancel();
        longest = alarms.after(LONGEST_GOODBYE, () -> leg.hangUp(reason));
        answering.say(phrase, false, new Action.HangUp());
    }

    private void finish(EndReason reason, String detail) {
        ended = true;
        listens = false;
        idle.cancel();
        longest.cancel();
        listening.close();
        keyPad.close();
        bargeIn.forget();
        EndReason told = reason;
        if (connection != null) {
            if (connection.isConnected() && reason == EndReason.CALLER_HUNG_UP) {
                told = EndReason.TRANSFERRED;
            }
            connection.close(EndReason.TRANSFERRED);
        }
        answering.close();
        transcription.close();
        become(CallState.ENDED);
        parts.log().write(new CallLogEntry.Closed(call.id(), parts.time().now(), told, detail, leg.quality()));
        parts.observer().on(call, new ConversationEvent.Ended(told, detail));
        parts.mind().callEnded(answering.session());
    }

    // ---- the caller's side ------------------------------------------------------------------------------------------

    /** What {@link Listening} tells. */
    private final class CallerSide implements Listening.Ears {

        @Override
        public void callerSpeaks() {
            idle.cancel();
            if (answering.discardPrepared()) {
                parts.observer().on(call, new ConversationEvent.SpeculationDiscarded());
            }
            if (!leaving) {
                answering.withdraw().ifPresent(Conversation.this::goesOn);
            }
        }

        @Override
        public void callerPaused(String text) {
            if (answering.playing().isEmpty()) {
                return;
            }
            Utterance playing = answering.playing().get();
            if (!playing.interruptible()) {
                return; // kept, and answered afterwards
            }
            if (BargeIn.isMeant(text, answering.expectation(), playing.restAfter(played(playing)))) {
                if (bargeIn.isOpen()) {
                    bargeIn.interrupt();
                } else {
                    interrupted(Duration.ZERO);
                }
            } else {
                bargeIn.resume();
                listening.startAnew();
            }
        }

        @Override
        public void turnLikelyOver(String text) {
            if (!answering.isBusy()) {
                answering.prepare(new Occasion.CallerSaid(joined(text)));
            }
        }

        @Override
        public void turnOver(String text, TurnTimes times) {
            if (answering.isSpeaking() && !leaving) {
                // said during something that can't be interrupted
                afterwards = afterwards == null ? text : afterwards + " " + text;
                afterwardsTimes = times;
            } else if (!leaving) {
                callerSaid(joined(text), times);
            }
            settleState();
        }

        @Override
        public void noiseOnly() {
            nothingSaid();
            settleState();
        }

        @Override
        public void notUnderstood() {
            trouble(Stage.HEARING, "no transcript in time");
            bargeIn.interrupt();
            if (unanswered != null && unansweredTimes != null && !answering.isBusy() && !leaving) {
                callerSaid(unanswered, unansweredTimes);
            } else if (!answering.isBusy() && !leaving) {
                answering.say(parts.phrases().notUnderstood(), true);
            }
            settleState();
        }
    }

    /** The caller goes on before the answer to what they said was heard: that was not the end of their turn. */
    private void goesOn(Occasion occasion) {
        if (occasion instanceof Occasion.CallerSaid(String text)) {
            String taken = chronicle.takeBack();
            unanswered = taken.isEmpty() ? text : taken;
        } else {
            withdrawn = occasion; // a greeting is said after all if it was only noise
        }
    }

    private String joined(String text) {
        return unanswered == null ? text : (unanswered + " " + text).strip();
    }

    private void callerSaid(String text, TurnTimes times) {
        TurnTimes whole = unansweredTimes == null
                ? times
                : new TurnTimes(
                        unansweredTimes.startedNanos(),
                        times.lastSpeechNanos(),
                        times.settledNanos(),
                        times.enoughNanos(),
                        times.overNanos());
        unanswered = null;
        withdrawn = null;
        unansweredTimes = times;
        prompts = 0;
        idle.cancel();
        var occasion = new Occasion.CallerSaid(text);
        chronicle.callerSaid(text, whole);
        answering.give(occasion, whole);
    }

    /** There was sound without words. */
    private void nothingSaid() {
        if (bargeIn.isOpen()) {
            bargeIn.resume();
        } else if (unanswered != null && unansweredTimes != null && !answering.isBusy()) {
            callerSaid(unanswered, unansweredTimes);
        } else if (withdrawn != null && !answering.isBusy()) {
            Occasion again = withdrawn;
            withdrawn = null;
            answering.give(again, null);
        } else if (!answering.isBusy() && !answering.takeUpAgain()) {
            waitForCaller();
        }
    }

    private void keyPressed(LegEvent.DigitPressed pressed) {
        if (!listens || leaving) {
            return;
        }
        idle.cancel();
        answering.playing().filter(Utterance::interruptible).ifPresent(playing -> {
            bargeIn.forget();
            answering.interrupt();
        });
        keyPad.on(pressed.digit(), pressed.nanos());
        if (!keyPad.isCollecting() && !answering.isBusy() && !answering.takeUpAgain()) {
            waitForCaller(); // a closing key without a number before it
        }
    }

    private void keysPressed(String keys, long firstNanos) {
        if (ended || leaving) {
            return;
        }
        if (answering.playing().filter(playing -> !playing.interruptible()).isPresent()) {
            keysAfterwards = (keysAfterwards == null ? "" : keysAfterwards) + keys;
            keysAfterwardsNanos = firstNanos;
            return;
        }
        prompts = 0;
        if (unanswered != null && unansweredTimes != null) {
            chronicle.callerSaid(unanswered, unansweredTimes);
        }
        unanswered = null;
        unansweredTimes = null;
        listening.startAnew();
        chronicle.callerPressed(keys, firstNanos);
        answering.give(new Occasion.KeysPressed(keys), null);
        settleState();
    }

    // ---- the floor --------------------------------------------------------------------------------------------------

    private void held(LegEvent.PlaybackHeld held) {
        answering
                .playing()
                .filter(playing -> playing.generation() == held.position().generation())
                .ifPresent(playing -> {
                    parts.observer().on(call, new ConversationEvent.VoiceHeld());
                    bargeIn.held(held.position(), playing, listening);
                });
    }

    private void interrupted(Duration heldFor) {
        bargeIn.forget();
        answering.interrupt();
        parts.observer().on(call, new ConversationEvent.Interrupted(heldFor));
    }

    /** What {@link BargeIn} decides. */
    private final class FloorSide implements BargeIn.Judgement {

        @Override
        public void interrupted(Duration heldFor) {
            Conversation.this.interrupted(heldFor);
            settleState();
        }

        @Override
        public void resumed(Duration heldFor) {
            parts.observer().on(call, new ConversationEvent.VoiceResumed(heldFor));
        }
    }

    private long played(Utterance playing) {
        var position = voice.position();
        return position.generation() == playing.generation() ? position.samplesPlayed() : 0;
    }

    private void putOnHold() {
        onHold = true;
        idle.cancel();
        bargeIn.forget();
        answering.playing().ifPresent(playing -> voice.hold(playing.generation()));
        if (listens) {
            stopListening(); // what comes now is the far side's music
        }
    }

    private void retrieved() {
        onHold = false;
        if (connection == null && !echoing) {
            listenAgain();
        }
        answering
                .playing()
                .ifPresentOrElse(
                        playing -> voice.resume(
                                playing.generation(), playing.ledger().wordStartAt(played(playing))),
                        this::waitForCaller);
    }

    // ---- the agent's side -------------------------------------------------------------------------------------------

    /** What {@link Answering} tells. */
    private final class AgentSide implements Answering.Mouth {

        @Override
        public void perform(Action action) {
            switch (action) {
                case Action.Say say -> throw new IllegalArgumentException("speech is not performed");
                case Action.LeaveMessage message -> chronicle.messageLeft(message);
                case Action.HangUp hangUp -> leg.hangUp(hangUpReason);
                case Action.Connect connect -> connect(connect.target());
                case Action.Echo echo -> {
                    echoing = true;
                    stopListening();
                    voice.join(voice);
                }
            }
        }

        @Override
        public void expect(Expectation expectation) {
            listening.expect(expectation);
            keyPad.expect(expectation);
        }

        @Override
        public void answered() {
            unansweredTimes = null;
            String keys = keysAfterwards;
            keysAfterwards = null;
            String words = afterwards;
            TurnTimes times = afterwardsTimes;
            afterwards = null;
            afterwardsTimes = null;
            if (keys != null) {
                keysPressed(keys, keysAfterwardsNanos);
            } else if (words != null && times != null) {
                callerSaid(words, times);
            } else {
                waitForCaller();
            }
            settleState();
        }

        @Override
        public void mindFailed() {
            if (!leaving) {
                answering.say(parts.phrases().trouble(), true);
            }
        }

        @Override
        public void trouble(Stage stage, String message) {
            Conversation.this.trouble(stage, message);
        }
    }

    private void connect(String target) {
        String number = target.isBlank() ? agent.person() : target;
        stopListening();
        Connection next = new Connection(call, leg, parts, mailbox, new Connection.Switchboard() {
            @Override
            public void bridged() {
                settleState();
            }

            @Override
            public void caller(Outcome outcome) {
                connection = null;
                listenAgain();
                if (timeIsUp) {
                    leave(parts.phrases().timeIsUp(), EndReason.MAX_DURATION);
                } else {
                    answering.give(new Occasion.Came(outcome), null);
                }
                settleState();
            }

            @Override
            public void trouble(String message) {
                Conversation.this.trouble(Stage.CONNECTING, message);
            }
        });
        connection = next;
        next.begin(number);
    }

    private void onTransfer(LegEvent event) {
        if (connection != null) {
            connection.onCaller(event);
        }
    }

    private void waitForCaller() {
        idle.cancel();
        if (onHold || connection != null || echoing || leaving || ended) {
            return;
        }
        idle = alarms.after(agent.turnTaking().idleAfter(), this::callerIsSilent);
    }

    private void callerIsSilent() {
        if (answering.isBusy() || listening.isTurnOpen() || keyPad.isCollecting()) {
            return; // whatever goes on will wait for the caller again
        }
        prompts++;
        if (prompts > agent.turnTaking().idlePrompts()) {
            leave(parts.phrases().silentGoodbye(), EndReason.CALLER_SILENT);
        } else {
            answering.give(new Occasion.CallerSilent(prompts), null);
        }
        settleState();
    }

    // ---- the state --------------------------------------------------------------------------------------------------

    /** The state of a live call follows from what its parts do. */
    private void settleState() {
        if (!answered || ended) {
            return;
        }
        if (onHold) {
            become(CallState.HELD);
        } else if (connection != null) {
            become(CallState.TRANSFERRING);
        } else if (answering.isSpeaking()) {
            become(CallState.SPEAKING);
        } else if (answering.isBusy()) {
            become(CallState.PROCESSING);
        } else {
            become(CallState.STREAMING);
        }
    }

    private void become(CallState next) {
        CallState before = state;
        if (before == next) {
            return;
        }
        if (!before.canBecome(next)) {
            trouble(Stage.ENGINE, "no way from " + before + " to " + next);
            return;
        }
        state = next;
        parts.observer().on(call, new ConversationEvent.StateChanged(before, next));
    }

    private void trouble(Stage stage, String message) {
        parts.observer().on(call, new ConversationEvent.Trouble(stage, message));
    }
}
