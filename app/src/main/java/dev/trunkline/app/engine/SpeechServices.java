package dev.trunkline.app.engine;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.config.SpeechChoice;
import dev.trunkline.app.health.Version;
import dev.trunkline.app.metrics.RoomMetrics;
import dev.trunkline.core.conversation.SoundConverter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Where ears and mouth come from, and when they are there. Thread-safe. */
interface SpeechServices extends AutoCloseable {

    /** Those that the settings choose, not loaded yet. */
    static SpeechServices of(Configuration settings, SoundConverter converter, Executor executor) {
        return settings.models().speech() == SpeechChoice.STUB
                ? new StubSpeech(executor)
                : new LocalSpeech(
                        settings.models(),
                        settings.dataFolder().resolve("speech").resolve(Version.number()),
                        converter);
    }

    /** Begins to load; returns at once. */
    void load();

    /** Ears and mouth, as soon as they are loaded. */
    CompletableFuture<Speech> ready();

    /** Why loading failed; null if it did not. */
    @Nullable
    String failure();

    /** Which these are. */
    String description();

    /** Their figures. */
    void bindTo(RoomMetrics metrics);

    @Override
    void close();
}
