package dev.trunkline.app.engine;

import dev.trunkline.app.metrics.RoomMetrics;
import dev.trunkline.app.stub.StubSpeechToText;
import dev.trunkline.app.stub.StubTextToSpeech;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Ears and mouth that only pretend; there is nothing to load. */
final class StubSpeech implements SpeechServices {

    private final CompletableFuture<Speech> ready;

    StubSpeech(Executor executor) {
        ready = CompletableFuture.completedFuture(
                new Speech(new StubSpeechToText(executor), new StubTextToSpeech(executor)));
    }

    @Override
    public void load() {}

    @Override
    public CompletableFuture<Speech> ready() {
        return ready;
    }

    @Override
    public @Nullable String failure() {
        return null;
    }

    @Override
    public String description() {
        return "stub (hearing), stub (voice)";
    }

    @Override
    public void bindTo(RoomMetrics metrics) {}

    @Override
    public void close() {}
}
