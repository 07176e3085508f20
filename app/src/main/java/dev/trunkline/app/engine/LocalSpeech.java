package dev.trunkline.app.engine;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.config.RecognitionModel;
import dev.trunkline.models.mary.LocalTextToSpeech;
import dev.trunkline.models.mary.MaryVoice;
import dev.trunkline.models.moonshine.LocalSpeechToText;
import dev.trunkline.models.moonshine.Moonshine;
import dev.trunkline.models.moonshine.MoonshineSize;
import dev.trunkline.models.pool.ModelPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The models of this process, loaded beside the start, recognition and voice each on a thread of its own. */
final class LocalSpeech implements AutoCloseable {

    private static final Logger LOG = System.getLogger(LocalSpeech.class.getName());

    private final Configuration.Models settings;
    private final MoonshineSize size;
    private final ModelPool pool;
    private final CompletableFuture<Speech> ready = new CompletableFuture<>();
    private final String description;
    private volatile @Nullable Moonshine recognition;

    /** The models of those settings, not loaded yet. */
    LocalSpeech(Configuration.Models settings) {
        this.settings = settings;
        this.size = settings.recognition() == RecognitionModel.BASE ? MoonshineSize.BASE : MoonshineSize.TINY;
        this.pool = new ModelPool(settings.threads());
        this.description =
                "Moonshine " + size.name().toLowerCase(Locale.ROOT) + " (hearing), " + MaryVoice.NAME + " (voice)";
    }

    /** Begins to load; returns at once. */
    void load() {
        long began = System.nanoTime();
        CompletableFuture<Moonshine> hearing = beside("load-recognition", () -> {
            try {
                return Moonshine.load(settings.folder(), size);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        CompletableFuture<MaryVoice> speaking = beside("load-voice", MaryVoice::load);
        hearing.thenCombine(speaking, (model, voice) -> {
                    recognition = model;
                    return new Speech(new LocalSpeechToText(model, pool), new LocalTextToSpeech(voice, pool));
                })
                .whenComplete((speech, failure) -> {
                    if (failure == null) {
                        LOG.log(
                                Level.INFO,
                                "models loaded models=\"{0}\" millis={1}",
                                description,
                                Long.toString((System.nanoTime() - began) / 1_000_000));
                        ready.complete(speech);
                    } else {
                        LOG.log(
                                Level.ERROR,
                                "models could not be loaded: {0}; see TRUNKLINE_MODELS_DIR",
                                reason(failure));
                        ready.completeExceptionally(failure);
                    }
                });
    }

    private static <T> CompletableFuture<T> beside(String name, Supplier<T> load) {
        return CompletableFuture.supplyAsync(
                load, task -> Thread.ofPlatform().name(name).daemon().start(task));
    }

    /** Ears and mouth, as soon as they are loaded. */
    CompletableFuture<Speech> ready() {
        return ready;
    }

    /** Why loading failed; null if it did not. */
    @Nullable String failure() {
        return ready.isCompletedExceptionally() ? reason(ready.exceptionNow()) : null;
    }

    /** Which models these are. */
    String description() {
        return description;
    }

    /** The threads that they run on. */
    ModelPool pool() {
        return pool;
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof UncheckedIOException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    @Override
    public void close() {
        pool.close();
        Moonshine loaded = recognition;
        if (loaded != null) {
            loaded.close();
        }
    }
}
