package dev.trunkline.core.conversation;

import dev.trunkline.core.line.Hearing;
import dev.trunkline.core.line.InterruptionPolicy;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.PlaybackPosition;
import dev.trunkline.core.line.Voice;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import java.time.Duration;
import java.util.function.Consumer;

/** A voice that plays 20 ms each 20 ms of virtual time, and holds as media does: by itself, when speech lasts. */
final class FakeVoice implements Voice {

    private static final int FRAME = 160;

    private final VirtualTime time;
    private final Consumer<LegEvent> events;
    private InterruptionPolicy policy = InterruptionPolicy.DEFAULT;
    private long generation;
    private long buffered;
    private long played;
    private boolean begun;
    private boolean finishing;
    private boolean held;
    private boolean started;
    private boolean ticking;
    private long speechSince = -1;

    /** All that went out, in virtual milliseconds; for looking at what the caller heard. */
    long lastVoicedMillis;

    /** As media does while the far side wants no sound: nothing goes out, nothing is told. */
    boolean frozen;

    Voice joined;

    /** Set with the answer: before that nobody knows the format. */
    boolean settled;

    boolean formatGuessed;

    FakeVoice(VirtualTime time, Consumer<LegEvent> events) {
        this.time = time;
        this.events = events;
    }

    void callerSpeech(boolean speaks) {
        speechSince = speaks ? time.nanoTime() : -1;
    }

    boolean isHeld() {
        return held;
    }

    boolean isPlaying() {
        return begun && !held && played < buffered;
    }

    private void tick() {
        ticking = false;
        if (!begun) {
            return;
        }
        if (frozen) {
            keepTicking();
            return;
        }
        if (!held
                && policy.interruptible()
                && speechSince >= 0
                && time.nanoTime() - speechSince >= policy.holdAfter().toNanos()
                && played < buffered) {
            held = true;
            events.accept(new LegEvent.PlaybackHeld(time.nanoTime(), position()));
        }
        if (!held && played < buffered) {
            played = Math.min(buffered, played + FRAME);
            lastVoicedMillis = time.millis();
            if (!started) {
                started = true;
                events.accept(new LegEvent.PlaybackStarted(time.nanoTime(), generation));
            }
        }
        if (!held && finishing && played >= buffered) {
            begun = false;
            events.accept(new LegEvent.PlaybackFinished(time.nanoTime(), position()));
            return;
        }
        keepTicking();
    }

    private void keepTicking() {
        if (begun && !ticking) {
            ticking = true;
            time.after(Duration.ofMillis(20), this::tick);
        }
    }

    @Override
    public AudioFormat format() {
        if (!settled) {
            formatGuessed = true;
        }
        return AudioFormat.PCM_8K;
    }

    @Override
    public void hear(Hearing hearing) {}

    @Override
    public void begin(long next, InterruptionPolicy nextPolicy) {
        if (next > generation) {
            generation = next;
            policy = nextPolicy;
            buffered = 0;
            played = 0;
            begun = true;
            finishing = false;
            held = false;
            started = false;
            keepTicking();
        }
    }

    @Override
    public boolean play(long of, AudioChunk audio) {
        if (of != generation || !begun) {
            return false;
        }
        buffered += audio.samples();
        return true;
    }

    @Override
    public void finish(long of) {
        if (of == generation) {
            finishing = true;
        }
    }

    @Override
    public void hold(long of) {
        held = of == generation;
    }

    @Override
    public void resume(long of, long fromSample) {
        if (of == generation) {
            played = Math.min(fromSample, played);
            held = false;
            speechSince = -1;
        }
    }

    @Override
    public void commit(long next) {
        if (next > generation) {
            generation = next;
            begun = false;
            held = false;
        }
    }

    @Override
    public PlaybackPosition position() {
        return new PlaybackPosition(generation, played);
    }

    @Override
    public void sendDigits(String digits) {}

    @Override
    public void join(Voice other) {
        joined = other;
    }

    @Override
    public void part() {
        joined = null;
    }
}
