package dev.trunkline.models.cache;

import dev.trunkline.core.speech.SpeechRequest;
import dev.trunkline.core.speech.Synthesis;
import dev.trunkline.core.speech.SynthesisEvent;
import dev.trunkline.core.speech.SynthesisListener;
import dev.trunkline.core.speech.TextToSpeech;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.SpokenChunk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A voice that remembers what it said. A text that was spoken to its end is kept, by its words, language and voice; the least
 * recently used goes first. Put it around whatever voice costs the most, after a change of rate if there is one: what a
 * telephone hears takes a sixth of the room.
 *
 * <p>Thread-safe. What is remembered is told on a virtual thread; texts that are spoken come on the threads of the voice.
 */
public final class CachedTextToSpeech implements TextToSpeech {

    /** Longer texts are hardly ever said twice. */
    private static final int LONGEST_TEXT = 1_000;

    private final TextToSpeech voice;
    private final long limit;
    private final @Nullable SpeechStore store;
    private final Map<String, SpokenText> memory = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();

    /** Remembers in memory alone, up to that many bytes. */
    public CachedTextToSpeech(TextToSpeech voice, long memoryBytes) {
        this.voice = voice;
        this.limit = memoryBytes;
        this.store = null;
    }

    /**
     * Remembers on disk too, beyond the end of the process.
     *
     * @param memoryBytes the most it keeps in memory
     * @param folder for this voice's sound; made if it is not there; no other process may use it
     * @param diskBytes the most it keeps in the folder
     * @throws java.io.UncheckedIOException if the folder cannot be used
     */
    public CachedTextToSpeech(TextToSpeech voice, long memoryBytes, Path folder, long diskBytes) {
        this.voice = voice;
        this.limit = memoryBytes;
        this.store = new SpeechStore(folder, diskBytes);
    }

    @Override
    public String name() {
        return voice.name();
    }

    @Override
    public AudioFormat format() {
        return voice.format();
    }

    /** Texts that were remembered, since the start. */
    public long hits() {
        return hits.get();
    }

    /** Texts that had to be spoken, since the start. */
    public long misses() {
        return misses.get();
    }

    @Override
    public Synthesis speak(SpeechRequest request, SynthesisListener listener) {
        String key = key(request);
        SpokenText known = remembered(key);
        if (known == null && (store == null || !store.has(key))) {
            misses.incrementAndGet();
            return record(request, key, listener);
        }
        Replay replay = new Replay(request, key, listener);
        Thread.startVirtualThread(() -> replay.run(known));
        return replay;
    }

    private Synthesis record(SpeechRequest request, String key, SynthesisListener listener) {
        if (request.text().length() > LONGEST_TEXT) {
            return voice.speak(request, listener);
        }
        List<SpokenChunk> chunks = new ArrayList<>();
        return voice.speak(request, event -> {
            switch (event) {
                case SynthesisEvent.Spoken spoken -> chunks.add(spoken.chunk());
                case SynthesisEvent.Finished finished -> remember(key, new SpokenText(chunks));
                case SynthesisEvent.Failed failed -> chunks.clear();
            }
            listener.on(event);
        });
    }

    private void remember(String key, SpokenText text) {
        keep(key, text);
        SpeechStore disk = store;
        if (disk != null) {
            Thread.startVirtualThread(() -> disk.put(key, text));
        }
    }

    private synchronized @Nullable SpokenText remembered(String key) {
        return memory.get(key);
    }

    private synchronized void keep(String key, SpokenText text) {
        if (text.bytes() > limit) {
            return;
        }
        SpokenText before = memory.put(key, text);
        bytes += text.bytes() - (before == null ? 0 : before.bytes());
        Iterator<SpokenText> oldest = memory.values().iterator();
        while (bytes > limit && oldest.hasNext()) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    private String key(SpeechRequest request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {
                voice.name(), voice.format().toString(), request.language(), request.voice(), request.text()
            }) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Tells what is remembered, as fast as it is taken; speaks it after all if the file turns out to be damaged. */
    private final class Replay implements Synthesis {

        private final SpeechRequest request;
        private final String key;
        private final SynthesisListener listener;
        private volatile boolean cancelled;
        private @Nullable Synthesis spoken;

        Replay(SpeechRequest request, String key, SynthesisListener listener) {
            this.request = request;
            this.key = key;
            this.listener = listener;
        }

        void run(@Nullable SpokenText known) {
            Optional<SpokenText> text = known != null ? Optional.of(known) : fromDisk();
            if (text.isEmpty()) {
                misses.incrementAndGet();
                speakAfterAll();
                return;
            }
            hits.incrementAndGet();
            for (SpokenChunk chunk : text.get().chunks()) {
                if (cancelled) {
                    return;
                }
                listener.on(new SynthesisEvent.Spoken(chunk));
            }
            if (!cancelled) {
                listener.on(new SynthesisEvent.Finished());
            }
        }

        private Optional<SpokenText> fromDisk() {
            SpeechStore disk = store;
            Optional<SpokenText> text = disk == null ? Optional.empty() : disk.get(key);
            text.ifPresent(found -> keep(key, found));
            return text;
        }

        private synchronized void speakAfterAll() {
            if (!cancelled) {
                spoken = record(request, key, listener);
            }
        }

        @Override
        public synchronized void cancel() {
            cancelled = true;
            if (spoken != null) {
                spoken.cancel();
            }
        }
    }
}
