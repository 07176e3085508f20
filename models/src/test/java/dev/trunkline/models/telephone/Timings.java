package dev.trunkline.models.telephone;

import dev.trunkline.models.mary.Utterance;
import dev.trunkline.models.moonshine.Recogniser;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures the models, in time of the calling thread's core, so that it can be done on a busy machine. No test: run it with
 * one of {@code tiny}, {@code base} and {@code voice}.
 */
public final class Timings {

    private static final String[] PROMPTS = {
        "digits/7",
        "auth-thankyou",
        "check-number-dial-again",
        "agent-pass",
        "auth-incorrect",
        "ss-noservice",
        "demo-nogo",
        "vm-opts-full"
    };
    private static final String[] TEXTS = {
        "Good morning, this is the reception of Riverside Dental. How can I help you?",
        "We are open from nine to five on weekdays, and until noon on Saturday.",
        "One moment please, I will connect you with a colleague.",
        "Unfortunately the doctor is not available today, but she will call you back tomorrow morning.",
        "Is there anything else I can do for you?"
    };
    private static final int ROUNDS = 5;

    private Timings() {}

    public static void main(String[] args) throws IOException {
        memory("before");
        if (args[0].equals("voice")) {
            voice();
        } else {
            recognition(new Recogniser(args[0].equals("base") ? Loaded.base() : Loaded.tiny()));
        }
        memory("after");
        System.exit(0);
    }

    private static void recognition(Recogniser recogniser) throws IOException {
        memory("loaded");
        for (String prompt : PROMPTS) {
            Wav wav = Prompts.recording(prompt);
            short[] samples = TelephoneLine.throughAsPcm(wav.samples(), wav.rate());
            recogniser.recognise(samples);
            long start = now();
            for (int round = 0; round < ROUNDS; round++) {
                recogniser.recognise(samples);
            }
            System.out.printf(
                    "%.1f s of speech: %d ms%n", samples.length / 16_000.0, (now() - start) / ROUNDS / 1_000_000);
        }
    }

    private static void voice() throws IOException {
        Loaded.voice();
        memory("loaded");
        for (int round = 0; round < ROUNDS; round++) {
            long first = 0;
            long whole = 0;
            double seconds = 0;
            for (String text : TEXTS) {
                long start = now();
                Utterance utterance = Loaded.voice().utter(text, true);
                boolean begun = false;
                while (utterance.hasNext()) {
                    seconds += utterance.next().stream()
                            .mapToDouble(chunk -> chunk.audio().samples() / 48_000.0)
                            .sum();
                    first += begun ? 0 : now() - start;
                    begun = true;
                }
                whole += now() - start;
            }
            System.out.printf(
                    "round %d: first part %d ms, whole text %d ms, of %.1f s%n",
                    round + 1,
                    first / TEXTS.length / 1_000_000,
                    whole / TEXTS.length / 1_000_000,
                    seconds / TEXTS.length);
        }
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void memory(String when) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS")) {
                System.out.println(when + ": " + line.replaceAll("\\s+", " "));
            }
        }
    }
}
