package dev.trunkline.models.mary;

/**
 * A word of an analysed sentence: its segments (sounds, and the pause after it if there is one) and what it was written as.
 *
 * @param partOfSpeech in the tags of the Penn Treebank
 * @param firstSegment index of its first sound in the sentence's segments
 * @param endSegment index after its last segment, the pause included
 * @param pauseMillis the pause after it; 0 if it runs on into the next word
 * @param writtenStart where it begins in the written text
 * @param writtenEnd where it ends in the written text
 */
record SpokenWord(
        String partOfSpeech, int firstSegment, int endSegment, int pauseMillis, int writtenStart, int writtenEnd) {}
