package dev.trunkline.media.engine;

import dev.trunkline.media.dtmf.DtmfDetector;
import dev.trunkline.media.rtp.TelephoneEventReceiver;

/**
 * Keys that come as tones in the sound. As soon as the far side sends one telephone-event, tones count no longer: what is
 * still heard of them has leaked past its gateway.
 *
 * <p>Of the shard's thread; allocates nothing, and costs nothing where it does not listen.
 */
final class ToneDigits implements TelephoneEventReceiver.Listener {

    private final InBandDigits mode;
    private final SessionEvents events;
    private final DtmfDetector detector = new DtmfDetector(this);
    private boolean listening;
    private boolean eventsCome;

    ToneDigits(InBandDigits mode, SessionEvents events) {
        this.mode = mode;
        this.events = events;
    }

    /** Holds from the next sound on. */
    void agree(boolean eventsAgreed) {
        listen(!eventsCome && (mode == InBandDigits.ON || (mode == InBandDigits.AUTO && !eventsAgreed)));
    }

    /** A telephone-event came. */
    void eventCame() {
        eventsCome = true;
        listen(false);
    }

    private void listen(boolean now) {
        if (listening && !now) {
            detector.close();
        }
        listening = now;
    }

    /** The next sound at 8 kHz, or what was made up in its place. */
    void heard(short[] samples, int length, boolean madeUp) {
        if (!listening) {
            return;
        }
        if (madeUp) {
            detector.concealed(length);
        } else {
            detector.hear(samples, 0, length);
        }
    }

    @Override
    public void keyDown(char key) {}

    @Override
    public void keyUp(char key, int millis) {
        if (!eventsCome) {
            events.tone(key, millis);
        }
    }
}
