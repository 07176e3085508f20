package dev.trunkline.caller;

import dev.trunkline.caller.network.Impairments;
import dev.trunkline.caller.report.CallReport;
import dev.trunkline.caller.script.Content;
import dev.trunkline.caller.script.Cue;
import dev.trunkline.caller.script.Script;
import dev.trunkline.caller.script.Step;
import dev.trunkline.caller.script.TimedKeys;
import dev.trunkline.caller.signalling.Signalling;
import dev.trunkline.caller.signalling.SipLine;
import dev.trunkline.caller.sound.TelephoneSound;
import dev.trunkline.sound.AudioChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who calls and does what a script says: a builder of calls. Each step begins when the agent has spoken and paused,
 * unless another cue is put before it.
 *
 * <pre>{@code
 * CallReport report = ScriptedCaller.to("sip:reception@127.0.0.1:5060")
 *         .say("opening hours", question)
 *         .interruptAfter(Duration.ofSeconds(1), "wait", wait)
 *         .keys("42")
 *         .run();
 * }</pre>
 *
 * <p>Used by one thread; each {@link #run} or {@link #start} places a call of its own, any number at once.
 */
public final class ScriptedCaller {

    private final String target;
    private final List<Step> steps = new ArrayList<>();
    private final List<TimedKeys> timedKeys = new ArrayList<>();
    private Cue cue = Cue.AFTER_AGENT;
    private Duration pause = Script.PAUSE;
    private Duration patience = Script.PATIENCE;
    private Duration stay = Duration.ZERO;
    private Duration maxDuration = Script.MAX_DURATION;
    private Impairments impairments = Impairments.NONE;
    private List<Integer> payloadTypes = List.of(0, 8);
    private @Nullable Signalling line;

    private ScriptedCaller(String target) {
        this.target = target;
    }

    /** A caller of that SIP URI. */
    public static ScriptedCaller to(String target) {
        return new ScriptedCaller(target);
    }

    /** Places the call over a line that is shared by many callers, and closed by whoever opened it. */
    public ScriptedCaller over(Signalling shared) {
        this.line = shared;
        return this;
    }

    /** Says something, in any format. */
    public ScriptedCaller say(AudioChunk sound) {
        return say("[sound of " + sound.duration().toMillis() + " ms]", sound);
    }

    /**
     * Says something, in any format.
     *
     * @param label what the report calls it, customarily the words
     */
    public ScriptedCaller say(String label, AudioChunk sound) {
        return then(new Content.Speech(label, TelephoneSound.of(sound)));
    }

    /** Presses keys, by RTP events. */
    public ScriptedCaller keys(String digits) {
        return then(new Content.Keys(digits, Content.KeyWay.RTP_EVENT));
    }

    /** Presses keys, by SIP INFO. */
    public ScriptedCaller infoKeys(String digits) {
        return then(new Content.Keys(digits, Content.KeyWay.INFO));
    }

    /** Presses keys at a time since the answer, whatever else is going on. */
    public ScriptedCaller keysAt(Duration at, String digits) {
        timedKeys.add(new TimedKeys(at, new Content.Keys(digits, Content.KeyWay.RTP_EVENT)));
        return this;
    }

    /** The next step begins when the agent has spoken and paused: the rule, said aloud. */
    public ScriptedCaller waitForAgent() {
        cue = Cue.AFTER_AGENT;
        return this;
    }

    /** The next step begins so long after the step before (or the answer), whatever the agent does. */
    public ScriptedCaller after(Duration afterStep) {
        cue = new Cue.AfterStep(afterStep);
        return this;
    }

    /** The next step begins so long into the agent's next utterance. */
    public ScriptedCaller intoAgent(Duration into) {
        cue = new Cue.IntoAgent(into);
        return this;
    }

    /** Talks the agent down: speaks so long after the first audible packet of its next utterance. */
    public ScriptedCaller interruptAfter(Duration into, String label, AudioChunk sound) {
        return intoAgent(into).say(label, sound);
    }

    /** Stays silent for a while, whatever the agent does. */
    public ScriptedCaller quiet(Duration length) {
        return then(new Content.Quiet(length));
    }

    /** Hangs up, without waiting for an answer to what was said. */
    public ScriptedCaller hangUp() {
        return then(new Content.HangUp());
    }

    /** How long the agent must be silent to have finished. */
    public ScriptedCaller pause(Duration silence) {
        this.pause = silence;
        return this;
    }

    /** How long to wait for an answer, and for the greeting. */
    public ScriptedCaller patience(Duration wait) {
        this.patience = wait;
        return this;
    }

    /** How long to stay on the line after the last answer. */
    public ScriptedCaller stay(Duration longer) {
        this.stay = longer;
        return this;
    }

    /** When to hang up at the latest, since the answer. */
    public ScriptedCaller maxDuration(Duration longest) {
        this.maxDuration = longest;
        return this;
    }

    /** Sends through a bad network. */
    public ScriptedCaller impaired(Impairments network) {
        this.impairments = network;
        return this;
    }

    /**
     * Offers those codecs only, the best first.
     *
     * @param rtpPayloadTypes payload types: 0 PCMU, 8 PCMA, 9 G722, 111 Opus, and for refusals 3 GSM, 18 G729
     */
    public ScriptedCaller codecs(Integer... rtpPayloadTypes) {
        this.payloadTypes = List.of(rtpPayloadTypes);
        return this;
    }

    /** Places the call and waits for its end. */
    public CallReport run() {
        return start().await();
    }

    /** Places the call. */
    public CallInProgress start() {
        Script script = new Script(steps, timedKeys, pause, patience, stay, maxDuration);
        Signalling shared = line;
        CallInProgress call = new CallInProgress(
                target,
                script,
                impairments,
                payloadTypes,
                shared == null ? SipLine.towards(target) : shared,
                shared == null);
        call.begin();
        return call;
    }

    private ScriptedCaller then(Content content) {
        steps.add(new Step(cue, content));
        cue = Cue.AFTER_AGENT;
        return this;
    }
}
