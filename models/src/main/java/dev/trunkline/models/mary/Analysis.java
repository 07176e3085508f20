package dev.trunkline.models.mary;

import dev.trunkline.models.reading.SpokenForm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import marytts.datatypes.MaryData;
import marytts.datatypes.MaryDataType;
import marytts.datatypes.MaryXML;
import marytts.exceptions.MaryConfigurationException;
import marytts.features.FeatureRegistry;
import marytts.features.TargetFeatureComputer;
import marytts.htsengine.HMMVoice;
import marytts.modules.JPhonemiser;
import marytts.modules.MaryModule;
import marytts.modules.ModuleRegistry;
import marytts.modules.TargetFeatureLister;
import marytts.unitselection.select.Target;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * From words to sounds with durations and melody: MaryTTS' linguistic modules, over a whole sentence, which takes a few
 * milliseconds, so that a sentence that is made audible in parts keeps one melody. Thread-safe; one sentence at a time.
 */
final class Analysis {

    private static final int LEAD_IN_MILLIS = 60;

    private final HMMVoice voice;
    private final List<MaryModule> modules;
    private final TargetFeatureComputer features;
    private final TargetFeatureLister lister = new TargetFeatureLister();
    private final ReentrantLock lock = new ReentrantLock();

    Analysis(HMMVoice voice) throws MaryConfigurationException {
        this.voice = voice;
        MaryDataType sounds = MaryDataType.get("ACOUSTPARAMS");
        modules = List.copyOf(ModuleRegistry.modulesRequiredForProcessing(MaryDataType.TEXT, sounds, Locale.US, voice));
        features = FeatureRegistry.getTargetFeatureComputer(
                voice, voice.getHMMData().getFeatureDefinition().getFeatureNames());
    }

    /**
     * The sounds of a part of a text.
     *
     * @param form the text
     * @param from where the sentence begins in the spoken text
     * @param to where it ends
     */
    Sentence analyse(SpokenForm form, int from, int to) {
        lock.lock();
        try {
            MaryData data = new MaryData(MaryDataType.TEXT, Locale.US);
            data.setData(form.text().substring(from, to));
            data.setDefaultVoice(voice);
            for (MaryModule module : modules) {
                if (module instanceof JPhonemiser) {
                    pronounce(data.getDocument());
                }
                data = module.process(data);
                data.setDefaultVoice(voice);
            }
            return sentence(data.getDocument(), form, from, to);
        } catch (Exception e) {
            throw new VoiceException("the voice cannot read this text", e);
        } finally {
            lock.unlock();
        }
    }

    private static void pronounce(Document document) {
        NodeList tokens = document.getElementsByTagName(MaryXML.TOKEN);
        for (int i = 0; i < tokens.getLength(); i++) {
            Element token = (Element) tokens.item(i);
            String sounds = Pronunciations.of(written(token));
            if (sounds != null) {
                token.setAttribute("ph", sounds);
            }
        }
    }

    private Sentence sentence(Document document, SpokenForm form, int from, int to) {
        WordCollector collector = new WordCollector(form, from, to);
        leadIn(document).ifPresent(collector::sound);
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            switch (element.getTagName()) {
                case MaryXML.TOKEN -> {
                    boolean spoken = element.getElementsByTagName(MaryXML.PHONE).getLength() > 0;
                    if (spoken) {
                        collector.word(written(element), element.getAttribute("pos"));
                    } else {
                        collector.mark(written(element));
                    }
                }
                case MaryXML.PHONE -> collector.sound(element);
                case MaryXML.BOUNDARY -> collector.pause(element);
                default -> {
                    // layers of structure above these
                }
            }
        }
        List<SpokenWord> words = collector.words();
        List<Element> segments = collector.segments();
        List<Target> targets = segments.isEmpty() ? List.of() : lister.getListTargetFeatures(features, segments);
        return new Sentence(words, segments, targets);
    }

    /** A pause before the first word: a vocoder that begins within a vowel begins with a bang. It is not made audible. */
    private static Optional<Element> leadIn(Document document) {
        NodeList tokens = document.getElementsByTagName(MaryXML.TOKEN);
        if (tokens.getLength() == 0) {
            return Optional.empty();
        }
        Node first = tokens.item(0);
        while (first.getParentNode() instanceof Element parent
                && parent.getTagName().equals(MaryXML.MTU)) {
            first = parent;
        }
        Element pause = MaryXML.createElement(document, MaryXML.BOUNDARY);
        pause.setAttribute("breakindex", "4");
        pause.setAttribute("duration", Integer.toString(LEAD_IN_MILLIS));
        first.getParentNode().insertBefore(pause, first);
        return Optional.of(pause);
    }

    /** What a token was in the text: its own characters, or those of the expression that it is a part of. */
    private static String written(Element token) {
        if (token.getParentNode() instanceof Element parent
                && parent.getTagName().equals(MaryXML.MTU)) {
            return parent.getAttribute("orig");
        }
        StringBuilder text = new StringBuilder();
        for (Node child = token.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.TEXT_NODE) {
                text.append(child.getNodeValue());
            }
        }
        return text.toString().strip();
    }
}
