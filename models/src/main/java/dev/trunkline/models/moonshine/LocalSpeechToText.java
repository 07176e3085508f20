package dev.trunkline.models.moonshine;

import dev.trunkline.core.speech.SpeechToText;
import dev.trunkline.core.speech.TranscriptListener;
import dev.trunkline.core.speech.Transcription;
import dev.trunkline.core.speech.TranscriptionRequest;
import dev.trunkline.models.pool.ModelPool;
import dev.trunkline.sound.AudioFormat;
import java.time.Duration;
import java.util.List;

/**
 * Recognition inside this process as a {@link SpeechToText}: English, by utterance. It needs the marks of speech: between
 * {@link Transcription#speechStarted} and {@link Transcription#speechStopped} it guesses again and again at what was said so
 * far, as far as the models' threads have time; at the stop it settles. Thread-safe.
 */
public final class LocalSpeechToText implements SpeechToText {

    /** How often it guesses when nothing else is to be done. */
    public static final Duration GUESS_INTERVAL = Duration.ofMillis(300);

    private final Recogniser guessing;
    private final Recogniser settling;
    private final ModelPool pool;

    /** Recognition with one model for everything. */
    public LocalSpeechToText(Moonshine model, ModelPool pool) {
        this(model, model, pool);
    }

    /**
     * Recognition with two models.
     *
     * @param guessing for what is being said right now
     * @param settling for what was said; may be the same
     */
    public LocalSpeechToText(Moonshine guessing, Moonshine settling, ModelPool pool) {
        this.guessing = new Recogniser(guessing);
        this.settling = guessing == settling ? this.guessing : new Recogniser(settling);
        this.pool = pool;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<AudioFormat> accepts() {
        return List.of(AudioFormat.PCM_16K);
    }

    /**
     * Begins to listen to one call. The language of the request is not looked at: the models know English only.
     *
     * @throws IllegalArgumentException if the format is not among {@link #accepts}
     */
    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        if (!accepts().contains(request.format())) {
            throw new IllegalArgumentException("recognition takes " + accepts() + ", not " + request.format());
        }
        return new LocalTranscription(request.call(), guessing, settling, pool, listener);
    }
}
