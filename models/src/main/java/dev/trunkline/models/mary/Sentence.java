package dev.trunkline.models.mary;

import java.util.List;
import marytts.unitselection.select.Target;
import org.w3c.dom.Element;

/**
 * A sentence whose sounds, durations and melody are known, ready to be made audible in parts.
 *
 * @param words in order
 * @param segments sounds and pauses of the whole sentence
 * @param targets the features of each segment, by the same index
 */
record Sentence(List<SpokenWord> words, List<Element> segments, List<Target> targets) {}
