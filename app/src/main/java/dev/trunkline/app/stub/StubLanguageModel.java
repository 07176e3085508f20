package dev.trunkline.app.stub;

import dev.trunkline.core.language.ChatMessage;
import dev.trunkline.core.language.Generation;
import dev.trunkline.core.language.GenerationEvent;
import dev.trunkline.core.language.GenerationListener;
import dev.trunkline.core.language.LanguageModel;
import dev.trunkline.core.language.Prompt;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Answers at once with what it was told. Thread-safe. */
public final class StubLanguageModel implements LanguageModel {

    private final Executor executor;

    /** @param executor where answers are written: customarily a virtual thread each */
    public StubLanguageModel(Executor executor) {
        this.executor = executor;
    }

    @Override
    public String name() {
        return "stub";
    }

    @Override
    public Generation generate(Prompt prompt, GenerationListener listener) {
        AtomicBoolean cancelled = new AtomicBoolean();
        String words = prompt.messages().stream().map(ChatMessage::text).reduce("", (before, last) -> last);
        executor.execute(() -> {
            for (String piece : new String[] {"You said ", words, "."}) {
                if (cancelled.get()) {
                    return;
                }
                listener.on(new GenerationEvent.Text(piece));
            }
            listener.on(new GenerationEvent.Finished(-1, -1));
        });
        return () -> cancelled.set(true);
    }
}
