package dev.trunkline.acceptance.word;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;

/** What the tests did, written down at the end for the summary of the test run: calls placed, words checked. */
public final class Counters {

    /** Words that were compared with what should have been heard. */
    public static final LongAdder WORDS = new LongAdder();

    /** Calls that were placed over the network. */
    public static final LongAdder CALLS = new LongAdder();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Counters::write, "counters"));
    }

    private Counters() {}

    private static void write() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "counters"));
            Files.writeString(
                    folder.resolve(ProcessHandle.current().pid() + ".properties"),
                    "calls=" + CALLS.sum() + "\nwords=" + WORDS.sum() + "\n");
        } catch (IOException e) {
            System.err.println("the counters could not be written: " + e);
        }
    }
}
