package dev.trunkline.caller.command;

import dev.trunkline.caller.network.Impairments;
import dev.trunkline.caller.script.Script;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.codec.Opus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code call} was asked to do.
 *
 * @param target whom to call
 * @param lines what to say and press, in the order given
 * @param timedKeys what to press at a time
 * @param record where to put what was heard; null for nowhere
 * @param recordBoth where to put both sides, the caller left, the agent right; null for nowhere
 * @param json whether to print JSON
 * @param recognise whether to tell the agent's words
 * @param impairments the network
 * @param payloadTypes codecs, the best first
 * @param patience how long an answer is waited for
 * @param pause silence of the agent that ends its turn
 * @param stay how long to stay after the last answer
 * @param maxDuration when to hang up at the latest
 * @param help whether only help is wanted
 */
public record CallOptions(
        String target,
        List<Line> lines,
        List<KeysAt> timedKeys,
        @Nullable Path record,
        @Nullable Path recordBoth,
        boolean json,
        boolean recognise,
        Impairments impairments,
        List<Integer> payloadTypes,
        Duration patience,
        Duration pause,
        Duration stay,
        Duration maxDuration,
        boolean help) {

    /** One thing to say or press after the agent has finished. */
    public sealed interface Line {
        /** A recording. */
        record Wav(Path file) implements Line {}

        /** Words for the local voice. */
        record Say(String text) implements Line {}

        /** Keys. */
        record Keys(String digits) implements Line {}
    }

    /** Keys at a time since the answer. */
    public record KeysAt(Duration at, String digits) {}

    /** The help text. */
    public static final String HELP = """
            Usage: trunkline call [options]

            Places a real SIP call, speaks, and prints the conversation. What is to be said comes in
            the order given, each after the agent has spoken and fallen silent.

              --wav FILE            say a recording (any rate, one channel or more)
              --say TEXT            say this with the local voice
              --keys DIGITS         press keys as a turn (0-9 * # A-D)
              --dtmf S:DIGITS       press keys S seconds after the answer, whatever else goes on
                                    (after:DIGITS is the same as --keys DIGITS)
              --to URI              whom to call (%s)
              --record FILE         write what was heard, 8 kHz, second 0 at the answer
              --record-both FILE    the same in stereo: the caller left, the agent right
              --json                print one JSON document
              --no-words            do not recognise what the agent said
              --codec NAME          one of pcmu, pcma, g722, opus (else pcmu and pcma are offered)
              --timeout S           how long to wait for an answer of the agent (12)
              --pause S             silence of the agent that ends its turn (0.9)
              --stay S              stay on the line so long after the last answer (0)
              --max-duration S      hang up at the latest then (600)

            The network from the caller to the server, made worse (the same seed, the same faults):
              --loss PERCENT   --jitter MS   --reorder PERCENT   --duplicate PERCENT   --seed N

            Ends with 0 if the call was answered and the agent was heard, 1 if it failed, 2 if the
            command line can't be understood.
            """;

    /**
     * Reads a command line.
     *
     * @param defaultTarget whom to call if nobody is named
     * @throws UsageException if it can't be understood
     */
    public static CallOptions read(String[] args, String defaultTarget) throws UsageException {
        Reading reading = new Reading(defaultTarget);
        reading.options().read(args);
        return reading.result();
    }

    /** Collects the values while the line is read. */
    private static final class Reading {
        private String target;
        private final List<Line> lines = new ArrayList<>();
        private final List<KeysAt> timedKeys = new ArrayList<>();
        private @Nullable Path record;
        private @Nullable Path recordBoth;
        private boolean json;
        private boolean words = true;
        private boolean help;
        private double loss;
        private double jitter;
        private double reorder;
        private double duplicate;
        private long seed = 1;
        private List<Integer> payloadTypes = List.of(0, 8);
        private Duration patience = Script.PATIENCE;
        private Duration pause = Script.PAUSE;
        private Duration stay = Duration.ZERO;
        private Duration maxDuration = Script.MAX_DURATION;

        private Reading(String target) {
            this.target = target;
        }

        private OptionReader options() {
            return new OptionReader()
                    .value("--wav", v -> lines.add(new Line.Wav(Path.of(v))))
                    .value("--say", v -> lines.add(new Line.Say(text(v))))
                    .value("--keys", v -> lines.add(new Line.Keys(digits("--keys", v))))
                    .value("--dtmf", this::dtmf)
                    .value("--to", v -> target = uri(v))
                    .value("--record", v -> record = Path.of(v))
                    .value("--record-both", v -> recordBoth = Path.of(v))
                    .flag("--json", () -> json = true)
                    .flag("--no-words", () -> words = false)
                    .flag("--help", () -> help = true)
                    .flag("-h", () -> help = true)
                    .value("--codec", v -> payloadTypes = codec(v))
                    .value("--timeout", v -> patience = seconds("--timeout", v, 0.1))
                    .value("--pause", v -> pause = seconds("--pause", v, 0.1))
                    .value("--stay", v -> stay = seconds("--stay", v, 0))
                    .value("--max-duration", v -> maxDuration = seconds("--max-duration", v, 0.1))
                    .value("--loss", v -> loss = number("--loss", v, 0, 100))
                    .value("--jitter", v -> jitter = number("--jitter", v, 0, 1000))
                    .value("--reorder", v -> reorder = number("--reorder", v, 0, 100))
                    .value("--duplicate", v -> duplicate = number("--duplicate", v, 0, 100))
                    .value("--seed", v -> seed = (long) number("--seed", v, 0, Integer.MAX_VALUE));
        }

        private CallOptions result() {
            return new CallOptions(
                    target,
                    List.copyOf(lines),
                    List.copyOf(timedKeys),
                    record,
                    recordBoth,
                    json,
                    words,
                    new Impairments(loss, jitter, reorder, duplicate, seed),
                    payloadTypes,
                    patience,
                    pause,
                    stay,
                    maxDuration,
                    help);
        }

        private void dtmf(String value) throws UsageException {
            int colon = value.indexOf(':');
            if (colon < 0) {
                throw new UsageException("--dtmf wants SECONDS:DIGITS, such as 2.5:42, not " + value);
            }
            String keys = digits("--dtmf", value.substring(colon + 1));
            String when = value.substring(0, colon);
            if (when.equals("after")) {
                lines.add(new Line.Keys(keys));
            } else {
                timedKeys.add(new KeysAt(seconds("--dtmf", when, 0), keys));
            }
        }

        private static String text(String value) throws UsageException {
            if (value.isBlank()) {
                throw new UsageException("--say wants words");
            }
            return value;
        }

        private static String uri(String value) throws UsageException {
            if (!value.matches("sips?:[^\\s@]+@[^\\s@]+") && !value.matches("sips?:[^\\s@]+")) {
                throw new UsageException("--to wants a SIP URI such as sip:reception@127.0.0.1:5060, not " + value);
            }
            return value;
        }

        private static String digits(String option, String value) throws UsageException {
            if (!value.matches("[0-9*#A-Da-d]+")) {
                throw new UsageException(option + " wants keys 0-9 * # A-D, not " + value);
            }
            return value.toUpperCase(Locale.ROOT);
        }

        private static List<Integer> codec(String value) throws UsageException {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "pcmu" -> List.of(0);
                case "pcma" -> List.of(8);
                case "g722" -> List.of(9);
                case "opus" -> {
                    if (!Opus.isAvailable()) {
                        throw new UsageException("--codec opus needs libopus on this machine");
                    }
                    yield List.of(Codecs.OPUS.payloadType());
                }
                default -> throw new UsageException("--codec wants pcmu, pcma, g722 or opus, not " + value);
            };
        }

        private static Duration seconds(String option, String value, double least) throws UsageException {
            return Duration.ofMillis(Math.round(number(option, value, least, 86_400) * 1000));
        }

        private static double number(String option, String value, double least, double most) throws UsageException {
            double number;
            try {
                number = Double.parseDouble(value);
            } catch (NumberFormatException e) {
                throw new UsageException(option + " wants a number, not " + value);
            }
            if (!(number >= least && number <= most)) {
                throw new UsageException(
                        option + " wants a number from " + plain(least) + " to " + plain(most) + ", not " + value);
            }
            return number;
        }

        private static String plain(double number) {
            return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        }
    }
}
