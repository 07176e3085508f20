package dev.trunkline.telephony.leg;

import dev.trunkline.core.line.Hearing;
import dev.trunkline.core.line.InterruptionPolicy;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.line.PlaybackPosition;
import dev.trunkline.core.line.Voice;
import dev.trunkline.media.engine.HearingSink;
import dev.trunkline.media.engine.MediaSession;
import dev.trunkline.media.engine.RtpParameters;
import dev.trunkline.media.engine.SessionStatistics;
import dev.trunkline.media.rtcp.FarSide;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import org.jspecify.annotations.Nullable;

/**
 * The voice of a leg whose sound is a session of our media engine. The session may come later than the voice: until then
 * only {@link #hear} has an effect. Thread-safe as the session is.
 */
public final class MediaVoice implements Voice {

    private final SignalledDigits signalledDigits;
    private volatile DigitSending digitSending = DigitSending.AUTO;
    private volatile @Nullable MediaSession session;
    private volatile @Nullable Hearing hearing;
    private volatile boolean eventsAgreed;
    private volatile boolean closed;
    private volatile MediaQuality lastQuality = MediaQuality.NONE;
    private volatile long ssrc;

    /** Without a session yet, on a channel whose signalling has no keys. */
    public MediaVoice() {
        this(SignalledDigits.NONE);
    }

    /**
     * Without a session yet.
     *
     * @param signalledDigits the way of the signalling, for a peer that takes no telephone-events
     */
    public MediaVoice(SignalledDigits signalledDigits) {
        this.signalledDigits = signalledDigits;
    }

    /** Keys are sent so from now on; at first as far sides take them. */
    public void digitSending(DigitSending way) {
        digitSending = way;
    }

    /** Joins the session, once. */
    public void attach(MediaSession opened) {
        session = opened;
        Hearing waiting = hearing;
        if (waiting != null) {
            opened.hear(sink(opened, waiting));
        }
        if (closed) {
            opened.close();
        }
    }

    /** Tells the session what was agreed on. */
    public void negotiate(RtpParameters parameters) {
        MediaSession current = session;
        if (current != null) {
            eventsAgreed = parameters.sendDigits().isPresent();
            current.negotiate(parameters);
        }
    }

    /** Frees the port. */
    public void close() {
        closed = true;
        MediaSession current = session;
        if (current != null) {
            // Taken before the session forgets: the call's record wants the last figures.
            lastQuality = quality(current.statistics());
            ssrc = current.statistics().localSsrc() & 0xFFFF_FFFFL;
            current.close();
        }
    }

    /** How the sound fares; after the end, how it fared. */
    public MediaQuality quality() {
        MediaSession current = session;
        return current == null || closed ? lastQuality : quality(current.statistics());
    }

    /** The SSRC of what we send, 0 before the session is there. */
    public long ssrc() {
        MediaSession current = session;
        return current == null || closed ? ssrc : current.statistics().localSsrc() & 0xFFFF_FFFFL;
    }

    private static MediaQuality quality(SessionStatistics figures) {
        FarSide far = figures.farSide();
        return new MediaQuality(
                figures.packetsReceived(),
                figures.lost(),
                figures.late(),
                figures.packetsSent(),
                figures.jitterMillis(),
                figures.silenceInsertedFrames(),
                measured(far.roundTripMillis()),
                far.known() ? Double.valueOf(100 * far.lossRatio()) : null,
                far.known() ? Double.valueOf(far.jitterMillis()) : null,
                measured(figures.meanOpinion()),
                measured(figures.farMeanOpinion()));
    }

    private static @Nullable Double measured(double value) {
        return Double.isNaN(value) ? null : value;
    }

    @Override
    public AudioFormat format() {
        MediaSession current = session;
        return current == null ? AudioFormat.PCM_8K : current.format();
    }

    @Override
    public void hear(Hearing next) {
        hearing = next;
        MediaSession current = session;
        if (current != null) {
            current.hear(sink(current, next));
        }
    }

    private static HearingSink sink(MediaSession session, Hearing hearing) {
        int samplesPerMilli = session.format().sampleRate() / 1_000;
        return (samples, length, position, arrivalNanos) ->
                hearing.frame(samples, 0, length, position / samplesPerMilli);
    }

    @Override
    public void begin(long generation, InterruptionPolicy policy) {
        MediaSession current = session;
        if (current != null) {
            current.playout()
                    .begin(
                            generation,
                            new dev.trunkline.media.playout.InterruptionPolicy(
                                    policy.interruptible(), policy.holdAfter()));
        }
    }

    @Override
    public boolean play(long generation, AudioChunk audio) {
        MediaSession current = session;
        return current != null && current.playout().play(generation, audio);
    }

    @Override
    public void finish(long generation) {
        MediaSession current = session;
        if (current != null) {
            current.playout().finish(generation);
        }
    }

    @Override
    public void hold(long generation) {
        MediaSession current = session;
        if (current != null) {
            current.playout().hold(generation);
        }
    }

    @Override
    public void resume(long generation, long fromSample) {
        MediaSession current = session;
        if (current != null) {
            current.playout().resume(generation, fromSample);
        }
    }

    @Override
    public void commit(long newGeneration) {
        MediaSession current = session;
        if (current != null) {
            current.playout().commit(newGeneration);
        }
    }

    @Override
    public PlaybackPosition position() {
        MediaSession current = session;
        return current == null
                ? new PlaybackPosition(0, 0)
                : position(current.playout().position());
    }

    /** The engine's position in the words of the conversation. */
    public static PlaybackPosition position(dev.trunkline.media.playout.PlaybackPosition position) {
        return new PlaybackPosition(position.generation(), position.samplesPlayed());
    }

    @Override
    public void sendDigits(String digits) {
        MediaSession current = session;
        if (current == null || closed) {
            return;
        }
        switch (wayOfDigits()) {
            case RTP -> current.sendDigits(digits);
            case INFO -> signalledDigits.send(digits);
            case TONE, AUTO -> current.sendTones(digits);
        }
    }

    private DigitSending wayOfDigits() {
        DigitSending wanted = digitSending;
        if (wanted == DigitSending.AUTO) {
            return eventsAgreed ? DigitSending.RTP : signalledDigits.taken() ? DigitSending.INFO : DigitSending.TONE;
        }
        return wanted == DigitSending.INFO && !signalledDigits.possible() ? DigitSending.TONE : wanted;
    }

    @Override
    public void join(Voice other) {
        if (!(other instanceof MediaVoice voice)) {
            throw new IllegalArgumentException(
                    "not a voice of this engine: " + other.getClass().getName());
        }
        MediaSession one = session;
        MediaSession two = voice.session;
        if (one != null && two != null) {
            one.bridge(two);
        }
    }

    @Override
    public void part() {
        MediaSession current = session;
        if (current != null) {
            current.unbridge();
        }
    }
}
