package dev.trunkline.media.engine;

import dev.trunkline.media.engine.MediaEvent.DigitPressed;
import dev.trunkline.media.engine.MediaEvent.PlaybackCleared;
import dev.trunkline.media.engine.MediaEvent.PlaybackFinished;
import dev.trunkline.media.engine.MediaEvent.PlaybackHeld;
import dev.trunkline.media.engine.MediaEvent.PlaybackStarted;
import dev.trunkline.media.engine.MediaEvent.SpeechStarted;
import dev.trunkline.media.engine.MediaEvent.SpeechStopped;
import dev.trunkline.media.playout.HoldWatch;
import dev.trunkline.media.playout.PlaybackPosition;
import dev.trunkline.media.playout.PlayoutBuffer;
import dev.trunkline.media.playout.PlayoutListener;
import dev.trunkline.media.rtp.TelephoneEventReceiver;
import dev.trunkline.media.vad.SpeechListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Turns what the parts of a session notice into its events, keeps the listener's exceptions away from them, and has the
 * caller's speech hold the playout.
 */
final class SessionEvents implements PlayoutListener, SpeechListener, TelephoneEventReceiver.Listener {

    private static final Logger LOG = System.getLogger(SessionEvents.class.getName());

    /** Of what voice activity judges. */
    private static final long SAMPLES_PER_MILLI = 8;

    private static final Duration LONGEST_PLAYOUT = Duration.ofMinutes(1);

    private static final char FLASH = '!';

    private final String session;
    private final MediaSessionListener listener;
    private final HoldWatch holdWatch;
    private final PlayoutBuffer playout;
    private final AtomicLong errors = new AtomicLong();

    SessionEvents(String session, SoundRate soundRate, MediaSessionListener listener) {
        this.session = session;
        this.listener = listener;
        playout = new PlayoutBuffer(LONGEST_PLAYOUT, soundRate::settle, this);
        holdWatch = new HoldWatch(playout);
    }

    PlayoutBuffer playout() {
        return playout;
    }

    void tell(MediaEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            callbackFailed("listener", e);
        }
    }

    /** Counts an exception of somebody else's code; the first of a session is logged. */
    void callbackFailed(String who, Throwable e) {
        if (errors.incrementAndGet() == 1) {
            LOG.log(Level.ERROR, session + ": " + who + " failed, further failures are only counted", e);
        }
    }

    long errors() {
        return errors.get();
    }

    @Override
    public void started(long generation) {
        tell(new PlaybackStarted(System.nanoTime(), generation));
    }

    @Override
    public void held(PlaybackPosition position) {
        tell(new PlaybackHeld(System.nanoTime(), position));
    }

    @Override
    public void finished(PlaybackPosition position) {
        tell(new PlaybackFinished(System.nanoTime(), position.generation(), position));
    }

    @Override
    public void cleared(PlaybackPosition position) {
        tell(new PlaybackCleared(System.nanoTime(), position));
    }

    @Override
    public void windowJudged(boolean speech, int samples) {
        holdWatch.window(speech, samples);
    }

    @Override
    public void speechStarted(long onset) {
        tell(new SpeechStarted(System.nanoTime(), onset / SAMPLES_PER_MILLI));
    }

    @Override
    public void speechStopped(long end, long lastSpeechArrival) {
        tell(new SpeechStopped(System.nanoTime(), end / SAMPLES_PER_MILLI, lastSpeechArrival));
    }

    @Override
    public void keyDown(char key) {}

    @Override
    public void keyUp(char key, int millis) {
        if (key != FLASH) {
            tell(new DigitPressed(System.nanoTime(), key, millis, false));
        }
    }

    /** A key was heard as a tone. */
    void tone(char key, int millis) {
        tell(new DigitPressed(System.nanoTime(), key, millis, true));
    }
}
