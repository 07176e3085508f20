package dev.trunkline.app.reception;

import dev.trunkline.core.scenario.Memory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the receptionist remembers of one call, in the call's memory. */
final class Notes {

    /** What is known of a message being taken. */
    enum Field {
        NAME,
        NUMBER,
        TEXT
    }

    private final Memory memory;

    Notes(Memory memory) {
        this.memory = memory;
    }

    Step step() {
        return Step.valueOf(memory.get("step", Step.TALK.name()));
    }

    void step(Step step) {
        memory.put("step", step.name());
    }

    /** The fact that was talked about last. */
    @Nullable
    Intent topic() {
        return memory.get("topic").map(Intent::valueOf).orElse(null);
    }

    void topic(Intent topic) {
        memory.put("topic", topic.name());
    }

    /** What the caller was asked whether they mean it. */
    Optional<Intent> guess() {
        return memory.get("guess").map(Intent::valueOf);
    }

    void guess(Intent guess) {
        memory.put("guess", guess.name());
    }

    /** The last words of the receptionist. */
    String said() {
        return memory.get("said", "");
    }

    void said(String text) {
        memory.put("said", text);
    }

    Optional<String> field(Field field) {
        return memory.get("message." + field);
    }

    void field(Field field, String value) {
        memory.put("message." + field, value);
    }

    void forget(Field field) {
        memory.remove("message." + field);
    }

    /** How often something was tried in a row, counting this time. */
    int again(String what) {
        int times = Integer.parseInt(memory.get("again." + what, "0")) + 1;
        memory.put("again." + what, String.valueOf(times));
        return times;
    }

    void done(String what) {
        memory.remove("again." + what);
    }
}
