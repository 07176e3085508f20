package dev.trunkline.app.engine;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.config.RecognitionModel;
import dev.trunkline.app.metrics.RoomMetrics;
import dev.trunkline.core.conversation.SoundConverter;
import dev.trunkline.core.speech.TextToSpeech;
import dev.trunkline.models.cache.CachedTextToSpeech;
import dev.trunkline.models.mary.LocalTextToSpeech;
import dev.trunkline.models.mary.MaryVoice;
import dev.trunkline.models.moonshine.LocalSpeechToText;
import dev.trunkline.models.moonshine.Moonshine;
import dev.trunkline.models.moonshine.MoonshineSize;
import dev.trunkline.models.pool.ModelPool;
import dev.trunkline.sound.AudioFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The models of this process, loaded beside the start, recognition and voice each on a thread of its own. */
final class LocalSpeech implements SpeechServices {

    private static final Logger LOG = System.getLogger(LocalSpeech.class.getName());

    /** What is remembered of speech: about eight minutes in memory, two hours on disk. */
    private static final long SOUND_IN_MEMORY = 16L << 20;

    private static final long SOUND_ON_DISK = 256L << 20;

    private static final Duration LONGEST_LOAD = Duration.ofSeconds(20);

    private final Configuration.Models settings;
    private final Path soundFolder;
    private final SoundConverter converter;
    private final MoonshineSize size;
    private final ModelPool pool;
    private final CompletableFuture<Speech> ready = new CompletableFuture<>();
    private final String description;
    private volatile @Nullable Moonshine recognition;
    private volatile boolean loading;

    /**
     * The models of those settings, not loaded yet.
     *
     * @param soundFolder where speech is remembered beyond the end of the process
     */
    LocalSpeech(Configuration.Models settings, Path soundFolder, SoundConverter converter) {
        this.settings = settings;
        this.soundFolder = soundFolder;
        this.converter = converter;
        this.size = settings.recognition() == RecognitionModel.BASE ? MoonshineSize.BASE : MoonshineSize.TINY;
        this.pool = new ModelPool(settings.threads());
        this.description =
                "Moonshine " + size.name().toLowerCase(Locale.ROOT) + " (hearing), " + MaryVoice.NAME + " (voice)";
    }

    @Override
    public void load() {
        loading = true;
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
                    return new Speech(new LocalSpeechToText(model, pool), mouth(voice));
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

    /** The voice as the best line carries it, which it remembers; for other lines it is resampled as it is played. */
    private TextToSpeech mouth(MaryVoice voice) {
        TextToSpeech telephone =
                new ConvertedSpeech(new LocalTextToSpeech(voice, pool), AudioFormat.PCM_16K, converter);
        try {
            return new CachedTextToSpeech(telephone, SOUND_IN_MEMORY, soundFolder, SOUND_ON_DISK);
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, "speech is remembered in memory alone: {0}", e.getMessage());
            return new CachedTextToSpeech(telephone, SOUND_IN_MEMORY);
        }
    }

    private static <T> CompletableFuture<T> beside(String name, Supplier<T> load) {
        return CompletableFuture.supplyAsync(
                load, task -> Thread.ofPlatform().name(name).daemon().start(task));
    }

    @Override
    public CompletableFuture<Speech> ready() {
        return ready;
    }

    @Override
    public @Nullable String failure() {
        return ready.isCompletedExceptionally() ? reason(ready.exceptionNow()) : null;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void bindTo(RoomMetrics metrics) {
        metrics.counter("trunkline.models.tasks", "tasks of the models that are done", pool::done);
        metrics.counter("trunkline.models.failures", "tasks of the models that failed", pool::failed);
        metrics.gauge("trunkline.models.busy", "threads of the models at work", pool::busy);
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof UncheckedIOException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** Frees the models. Waits while one is being loaded: ONNX Runtime crashes if the process ends meanwhile. */
    @Override
    public void close() {
        if (loading) {
            ready.handle((speech, failure) -> true)
                    .completeOnTimeout(false, LONGEST_LOAD.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
        pool.close();
        Moonshine loaded = recognition;
        if (loaded != null) {
            loaded.close();
        }
    }
}
