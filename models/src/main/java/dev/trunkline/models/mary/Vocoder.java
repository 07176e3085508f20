package dev.trunkline.models.mary;

import java.util.ArrayList;
import java.util.List;
import marytts.htsengine.HMMData;
import marytts.htsengine.HMMVoice;
import marytts.htsengine.HTSParameterGeneration;
import marytts.htsengine.HTSUttModel;
import marytts.htsengine.HTSVocoder;
import marytts.modules.HTSEngine;
import marytts.unitselection.select.Target;
import org.w3c.dom.Element;

/** Makes a run of sounds audible, on the calling thread, and tells how long each became. Thread-safe. */
final class Vocoder {

    private final HMMVoice voice;

    Vocoder(HMMVoice voice) {
        this.voice = voice;
    }

    /**
     * Sound, and where each segment ends in it.
     *
     * @param samples in the vocoder's own scale
     * @param ends index after the last sample of each segment
     */
    record Run(double[] samples, int[] ends) {}

    Run speak(Sentence sentence, int from, int to) {
        HMMData data = voice.getHMMData();
        try {
            HTSUttModel models = new Models().of(sentence, from, to, data);
            HTSParameterGeneration parameters = new HTSParameterGeneration();
            parameters.htsMaximumLikelihoodParameterGeneration(models, data);
            double[] samples = new HTSVocoder()
                    .htsMLSAVocoder(
                            parameters.getlf0Pst(),
                            parameters.getMcepPst(),
                            parameters.getStrPst(),
                            parameters.getMagPst(),
                            parameters.getVoicedArray(),
                            data,
                            null);
            int[] ends = new int[to - from];
            int end = 0;
            for (int i = 0; i < ends.length; i++) {
                end += models.getUttModel(i).getTotalDur() * data.getFperiod();
                ends[i] = end;
            }
            return new Run(samples, ends);
        } catch (Exception e) {
            throw new VoiceException("the voice cannot say this", e);
        }
    }

    /** Opens the step from features to models, of which the library otherwise keeps the durations to itself. */
    private static final class Models extends HTSEngine {

        HTSUttModel of(Sentence sentence, int from, int to, HMMData data) throws Exception {
            List<Target> targets = new ArrayList<>(sentence.targets().subList(from, to));
            List<Element> segments = new ArrayList<>(sentence.segments().subList(from, to));
            return processTargetList(targets, segments, data);
        }
    }
}
