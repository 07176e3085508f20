package dev.trunkline.models.cache;

import dev.trunkline.sound.SpokenChunk;
import java.util.List;

/** A whole text as sound. */
record SpokenText(List<SpokenChunk> chunks) {

    SpokenText {
        chunks = List.copyOf(chunks);
    }

    /** What it takes up: the sound, and about as much for each chunk as its objects need. */
    long bytes() {
        return chunks.stream()
                .mapToLong(chunk -> chunk.audio().data().length + 96L)
                .sum();
    }
}
