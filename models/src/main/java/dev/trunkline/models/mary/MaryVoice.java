package dev.trunkline.models.mary;

import dev.trunkline.models.reading.EnglishReader;
import dev.trunkline.sound.AudioFormat;
import marytts.exceptions.MaryConfigurationException;
import marytts.htsengine.HMMVoice;
import marytts.modules.synthesis.Voice;
import marytts.server.Mary;

/**
 * The voice {@value #NAME} of MaryTTS: American English, a statistical parametric voice (hidden Markov models and a
 * vocoder), pure Java. Speaking costs about a fifteenth of the time that the speech lasts, on one core.
 *
 * <p>Thread-safe: several threads may speak at once. The library behind it keeps state for the whole process; there is one
 * such voice in a process.
 */
public final class MaryVoice {

    /** Its name. */
    public static final String NAME = "cmu-slt-hsmm";

    private final Analysis analysis;
    private final Vocoder vocoder;
    private final AudioFormat format;

    private MaryVoice(HMMVoice voice) throws MaryConfigurationException {
        analysis = new Analysis(voice);
        vocoder = new Vocoder(voice);
        format = AudioFormat.pcm(voice.getHMMData().getRate());
    }

    /**
     * Loads it; takes one to two seconds the first time.
     *
     * @throws VoiceException if it cannot be loaded
     */
    public static MaryVoice load() {
        try {
            synchronized (MaryVoice.class) {
                if (Mary.currentState() == Mary.STATE_OFF) {
                    // without a search for more jars in an installation's folder
                    Mary.startup(false);
                }
            }
            if (!(Voice.getVoice(NAME) instanceof HMMVoice voice)) {
                throw new IllegalStateException("no voice " + NAME + " on the class path");
            }
            return new MaryVoice(voice);
        } catch (Exception e) {
            throw new VoiceException("the voice " + NAME + " cannot be loaded", e);
        }
    }

    /** Linear, 48 kHz. */
    public AudioFormat format() {
        return format;
    }

    /**
     * A text to be spoken part by part. Nothing is synthesised yet.
     *
     * @param text plain text
     * @param hurry whether somebody waits for the first sound: then the first part is short
     */
    public Utterance utter(String text, boolean hurry) {
        return new Utterance(text, EnglishReader.read(text), analysis, vocoder, format, hurry);
    }
}
