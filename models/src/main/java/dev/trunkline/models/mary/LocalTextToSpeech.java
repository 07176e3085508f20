package dev.trunkline.models.mary;

import dev.trunkline.core.speech.SpeechRequest;
import dev.trunkline.core.speech.Synthesis;
import dev.trunkline.core.speech.SynthesisEvent;
import dev.trunkline.core.speech.SynthesisListener;
import dev.trunkline.core.speech.TextToSpeech;
import dev.trunkline.models.pool.ModelPool;
import dev.trunkline.models.pool.ModelTask;
import dev.trunkline.models.pool.Priority;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.SpokenChunk;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The voice of this process as a {@link TextToSpeech}: English, one voice, exact offsets. Each part of a text is a task of
 * its own on the models' threads, so that the first words of one call go before the last words of another. Thread-safe.
 */
public final class LocalTextToSpeech implements TextToSpeech {

    private static final System.Logger LOG = System.getLogger(LocalTextToSpeech.class.getName());

    private final MaryVoice voice;
    private final ModelPool pool;

    public LocalTextToSpeech(MaryVoice voice, ModelPool pool) {
        this.voice = voice;
        this.pool = pool;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public AudioFormat format() {
        return voice.format();
    }

    /** Speaks English only; for another language the synthesis fails at once, in words that say so. */
    @Override
    public Synthesis speak(SpeechRequest request, SynthesisListener listener) {
        Speaking speaking = new Speaking(request, listener);
        speaking.submit(
                request.urgency() == SpeechRequest.Urgency.FIRST ? Priority.FIRST_SPEECH : Priority.REST_OF_SPEECH);
        return speaking;
    }

    /** One text, one part at a time: the next task is queued when the one before has ended. */
    private final class Speaking implements Synthesis {

        private final SpeechRequest request;
        private final SynthesisListener listener;
        private final Object state = new Object();
        private @Nullable Utterance utterance;
        private @Nullable ModelTask queued;
        private volatile boolean cancelled;

        Speaking(SpeechRequest request, SynthesisListener listener) {
            this.request = request;
            this.listener = listener;
        }

        void submit(Priority priority) {
            synchronized (state) {
                if (cancelled) {
                    return;
                }
                try {
                    queued = pool.submit(priority, this::next);
                    return;
                } catch (IllegalStateException e) {
                    LOG.log(System.Logger.Level.DEBUG, "voice: {0}", e.getMessage());
                }
            }
            tell(new SynthesisEvent.Failed("the models are shut down"));
        }

        private void next() {
            if (cancelled) {
                return;
            }
            boolean more;
            try {
                more = speakPart();
            } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
                // the library below recurses and asserts: whoever waits for this text must hear of it in any case
                LOG.log(
                        System.Logger.Level.WARNING,
                        "voice: a text of {0} characters cannot be spoken: {1}",
                        request.text().length(),
                        e.toString());
                tell(new SynthesisEvent.Failed(String.valueOf(e.getMessage())));
                return;
            }
            if (more) {
                submit(Priority.REST_OF_SPEECH);
            } else {
                tell(new SynthesisEvent.Finished());
            }
        }

        private boolean speakPart() {
            Utterance current = utterance;
            if (current == null) {
                if (!request.language().toLowerCase(Locale.ROOT).matches("en([-_].*)?")) {
                    throw new IllegalArgumentException("the local voice speaks English, not " + request.language());
                }
                current = voice.utter(request.text(), request.urgency() == SpeechRequest.Urgency.FIRST);
                utterance = current;
            }
            if (current.hasNext()) {
                for (SpokenChunk chunk : current.next()) {
                    tell(new SynthesisEvent.Spoken(chunk));
                }
            }
            return current.hasNext();
        }

        private void tell(SynthesisEvent event) {
            if (!cancelled) {
                listener.on(event);
            }
        }

        @Override
        public void cancel() {
            synchronized (state) {
                cancelled = true;
                if (queued != null) {
                    queued.cancel();
                }
            }
        }
    }
}
