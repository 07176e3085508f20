package dev.trunkline.core.conversation;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.conversation.ConversationEvent.Stage;
import dev.trunkline.core.line.InterruptionPolicy;
import dev.trunkline.core.line.Voice;
import dev.trunkline.core.speech.SpeechRequest;
import dev.trunkline.core.speech.SpeechRequest.Urgency;
import dev.trunkline.core.speech.Synthesis;
import dev.trunkline.core.speech.SynthesisEvent;
import dev.trunkline.core.time.Timekeeper;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.SpokenChunk;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sentences that are spoken in one breath, with one policy of interruption and one generation on the line. They are
 * synthesised one after the other, a little ahead of what is played. Before its release it is prepared unheard: only the
 * first sentence, and its sound is kept here as the synthesiser made it: what the line carries may not be settled before the
 * call is answered.
 *
 * <p>Sound goes from the synthesiser's thread straight to the voice, not through the mailbox; what is touched from there is
 * guarded by this object's lock. Everything else belongs to the conversation's thread.
 */
final class Utterance {

    /** Sound beyond what is being played after which the next sentence waits. */
    private static final Duration AHEAD = Duration.ofSeconds(12);

    /** How long a synthesiser may make no sound in the middle of a sentence. */
    private static final Duration NO_PROGRESS = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final InterruptionPolicy policy;
    private final Agent agent;
    private final ConversationParts parts;
    private final Voice voice;
    private final Mailbox mailbox;
    private final BiConsumer<Stage, String> trouble;
    private final SpokenLedger ledger = new SpokenLedger();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final List<String> unsaid = new ArrayList<>();

    private boolean urgent;
    private boolean complete;
    private boolean finished;
    private boolean speaking;
    private int sentences;
    private Timekeeper.Alarm progress = () -> {};
    private @Nullable Synthesis synthesis;
    private Timekeeper.@Nullable Alarm lookAgain;

    // guarded by this
    private final List<Kept> kept = new ArrayList<>();
    private SoundConverter.@Nullable Stream converter;
    private long made;
    private long generation = -1;
    private boolean cancelled;
    private long firstSoundNanos;

    /**
     * An utterance without sentences yet.
     *
     * @param urgent whether the caller waits in silence for its first sound
     * @param trouble told of a synthesis that failed; the utterance goes on with the next sentence
     */
    Utterance(
            InterruptionPolicy policy,
            Agent agent,
            ConversationParts parts,
            Voice voice,
            Mailbox mailbox,
            boolean urgent,
            BiConsumer<Stage, String> trouble) {
        this.policy = policy;
        this.agent = agent;
        this.parts = parts;
        this.voice = voice;
        this.mailbox = mailbox;
        this.urgent = urgent;
        this.trouble = trouble;
    }

    /** Sound as it was made, and the text that it says. */
    private record Kept(AudioChunk audio, int textStart, int textEnd) {}

    boolean interruptible() {
        return policy.interruptible();
    }

    /** What was not heard when so many samples had been played, synthesised or not. */
    String restAfter(long played) {
        return (ledger.unheardAt(played) + " " + String.join(" ", unsaid)).strip();
    }

    /** All that was to be said, synthesised or not. */
    String script() {
        return (ledger.text() + " " + String.join(" ", unsaid)).strip();
    }

    /** Which words sound where. */
    SpokenLedger ledger() {
        return ledger;
    }

    /** The number it has on the line, or -1 before its release. */
    synchronized long generation() {
        return generation;
    }

    /** When its first sound came from the synthesiser, or 0. */
    synchronized long firstSoundNanos() {
        return firstSoundNanos;
    }

    /** Adds a sentence. */
    void say(String sentence) {
        waiting.add(sentence);
        synthesiseNext();
    }

    /** No sentence follows. */
    void complete() {
        complete = true;
        synthesiseNext();
    }

    /** Puts it on the line: what is ready is played, and the rest as it comes. */
    void release(long asGeneration) {
        synchronized (this) {
            generation = asGeneration;
            converter = parts.converter().open(parts.mouth().format(), voice.format());
            voice.begin(generation, policy);
            kept.forEach(chunk -> put(converter, chunk));
            kept.clear();
        }
        synthesiseNext();
    }

    /** Stops all synthesis; nothing more goes to the voice. What is in the voice's buffer is not touched. */
    void cancel() {
        synchronized (this) {
            cancelled = true;
            kept.clear();
        }
        unsaid.addAll(waiting);
        waiting.clear();
        progress.cancel();
        if (synthesis != null) {
            synthesis.cancel();
        }
        if (lookAgain != null) {
            lookAgain.cancel();
        }
    }

    private void synthesiseNext() {
        if (speaking || isCancelled() || farAhead()) {
            return;
        }
        if (isKept()) {
            return; // one sentence is enough for a reply that may never be given
        }
        String sentence = waiting.poll();
        if (sentence == null) {
            finishIfAllIsThere();
            return;
        }
        speaking = true;
        sentences++;
        watch(sentences, samplesMade());
        int number = sentences;
        int start = ledger.append(sentence);
        var request =
                new SpeechRequest(sentence, agent.language(), agent.voice(), urgent ? Urgency.FIRST : Urgency.REST);
        urgent = false;
        synthesis = parts.mouth().speak(request, event -> {
            switch (event) {
                case SynthesisEvent.Spoken spoken -> take(spoken.chunk(), start);
                case SynthesisEvent.Finished done ->
                    mailbox.post(() -> {
                        if (number == sentences) {
                            sentenceDone();
                        }
                    });
                case SynthesisEvent.Failed failed ->
                    mailbox.post(() -> {
                        if (number == sentences) {
                            sentenceFailed(failed.message());
                        }
                    });
            }
        });
    }

    private void take(SpokenChunk chunk, int textOffset) {
        synchronized (this) {
            if (cancelled) {
                return;
            }
            if (firstSoundNanos == 0 && chunk.audio().samples() > 0) {
                firstSoundNanos = parts.time().nanoTime();
            }
            made += chunk.audio().samples();
            Kept now = new Kept(chunk.audio(), textOffset + chunk.textStart(), textOffset + chunk.textEnd());
            if (converter == null) {
                kept.add(now);
            } else {
                put(converter, now);
            }
        }
    }

    /** Holds the lock. */
    private void put(SoundConverter.Stream into, Kept chunk) {
        AudioChunk audio = into.convert(chunk.audio());
        // what the playout does not take is not heard
        if (voice.play(generation, audio)) {
            ledger.add(audio.samples(), chunk.textStart(), chunk.textEnd());
        }
    }

    private synchronized boolean isKept() {
        return !kept.isEmpty();
    }

    private synchronized long samplesMade() {
        return made;
    }

    /** A synthesiser that makes no more sound must not silence the agent for ever. */
    private void watch(int number, long samplesThen) {
        progress.cancel();
        progress = parts.time()
                .after(
                        NO_PROGRESS,
                        () -> mailbox.post(() -> {
                            if (!speaking || number != sentences || isCancelled()) {
                                return;
                            }
                            long samplesNow = samplesMade();
                            if (samplesNow > samplesThen) {
                                watch(number, samplesNow);
                                return;
                            }
                            if (synthesis != null) {
                                synthesis.cancel();
                            }
                            sentences++; // what it still tells is of no interest
                            sentenceFailed("no sound for " + NO_PROGRESS.toSeconds() + " s");
                        }));
    }

    private void sentenceDone() {
        speaking = false;
        progress.cancel();
        synthesiseNext();
    }

    private void sentenceFailed(String message) {
        if (!isCancelled()) {
            trouble.accept(Stage.SPEAKING, message);
        }
        sentenceDone();
    }

    private void finishIfAllIsThere() {
        if (!complete || finished) {
            return;
        }
        synchronized (this) {
            if (converter == null) {
                return;
            }
            finished = true;
            AudioChunk tail = converter.flush();
            if (voice.play(generation, tail)) {
                ledger.addSilence(tail.samples());
            }
            voice.finish(generation);
        }
    }

    /** Whether so much is waiting to be played that the next sentence would only fill the buffer. Looks again later. */
    private boolean farAhead() {
        long now = generation();
        if (now < 0) {
            return false;
        }
        var position = voice.position();
        long played = position.generation() == now ? position.samplesPlayed() : 0;
        if (voice.format().durationOf(ledger.samples() - played).compareTo(AHEAD) < 0) {
            return false;
        }
        if (lookAgain != null) {
            lookAgain.cancel();
        }
        lookAgain = parts.time().after(LOOK_AGAIN, () -> mailbox.post(this::synthesiseNext));
        return true;
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }
}
