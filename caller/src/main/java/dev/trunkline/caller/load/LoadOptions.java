package dev.trunkline.caller.load;

import dev.trunkline.caller.command.OptionReader;
import dev.trunkline.caller.command.UsageException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What {@code load} was asked to do.
 *
 * @param calls how many at once
 * @param seconds how long is measured
 * @param warmUp seconds before that with all calls up
 * @param ramp calls that are placed a second
 * @param target whom to call, or {@link #DOOR}; null for a server that is started for the run
 * @param pid the server's process, for its CPU time; 0 if not known
 * @param http the server's web address, for its own figures; null if not known
 * @param bare whether to measure the bare loop instead of a server
 * @param serverOptions for the JVM of a server that is started
 * @param threads that send and receive
 * @param json whether to print JSON
 * @param markdown whether to print one row of a table
 * @param head whether to print the head of that table alone
 * @param help whether only help is wanted
 */
public record LoadOptions(
        int calls,
        int seconds,
        int warmUp,
        int ramp,
        @Nullable String target,
        long pid,
        @Nullable URI http,
        boolean bare,
        String serverOptions,
        int threads,
        boolean json,
        boolean markdown,
        boolean head,
        boolean help) {

    /** The target that is the door for raw RTP. */
    static final String DOOR = "rtp";

    /** The help text. */
    public static final String HELP = """
            Usage: trunkline load [options]

            Places many calls at once in real time and measures what becomes of them: each caller asks
            for two seconds and is silent for three. Starts a server of its own for that, whose speech
            services are stubs, unless it is told whom to call.

              --calls N             calls at once (10)
              --seconds S           how long is measured (30)
              --warm-up S           how long all calls are up before (20)
              --ramp N              calls placed a second (20)
              --target URI          call this server, which must run with TRUNKLINE_SPEECH=stub:
                                    sip:stub@HOST:PORT, or rtp for the door for raw RTP of the server
                                    of --http, or of one that is started
              --pid N               its process, to tell its CPU time and memory
              --http URL            its web address, to tell its own figures
              --bare                measure the bare receive-and-send loop in benchmarks/ instead
              --server-options "…"  options for the JVM of the server that is started
              --threads N           threads of the callers (one for four processors)
              --json                print one JSON document
              --markdown            print one row of a Markdown table
              --markdown-head       print the head of that table

            Ends with 0 if the run is valid and all calls were held, 1 if not, 2 if the command line
            can't be understood. A run is void if the machine was busier than 85 % of its processors, or
            if the callers themselves sent later than 5 ms in one packet of a hundred.
            """;

    /**
     * Reads a command line.
     *
     * @throws UsageException if it can't be understood
     */
    public static LoadOptions read(String[] args) throws UsageException {
        Reading reading = new Reading();
        new OptionReader()
                .value("--calls", v -> reading.calls = number("--calls", v, 1, 10_000))
                .value("--seconds", v -> reading.seconds = number("--seconds", v, 1, 86_400))
                .value("--warm-up", v -> reading.warmUp = number("--warm-up", v, 0, 3_600))
                .value("--ramp", v -> reading.ramp = number("--ramp", v, 1, 1_000))
                .value("--target", v -> reading.target = uri(v))
                .value("--pid", v -> reading.pid = number("--pid", v, 1, Integer.MAX_VALUE))
                .value("--http", v -> reading.http = web(v))
                .flag("--bare", () -> reading.bare = true)
                .value("--server-options", v -> reading.serverOptions = v)
                .value("--threads", v -> reading.threads = number("--threads", v, 1, 64))
                .flag("--json", () -> reading.json = true)
                .flag("--markdown", () -> reading.markdown = true)
                .flag("--markdown-head", () -> reading.head = true)
                .flag("--help", () -> reading.help = true)
                .flag("-h", () -> reading.help = true)
                .read(args);
        if (reading.bare && reading.target != null) {
            throw new UsageException("--bare measures a loop of its own, not --target " + reading.target);
        }
        if (reading.target == null && (reading.pid != 0 || reading.http != null)) {
            throw new UsageException("--pid and --http belong to the server of --target");
        }
        if (reading.pid != 0 && DOOR.equals(reading.target) && reading.http == null) {
            throw new UsageException("--target rtp with --pid wants --http too");
        }
        return new LoadOptions(
                reading.calls,
                reading.seconds,
                reading.warmUp,
                reading.ramp,
                reading.target,
                reading.pid,
                reading.http,
                reading.bare,
                reading.serverOptions,
                reading.threads,
                reading.json,
                reading.markdown,
                reading.head,
                reading.help);
    }

    /** Collects the values while the line is read. */
    private static final class Reading {
        private int calls = 10;
        private int seconds = 30;
        private int warmUp = 20;
        private int ramp = 20;
        private @Nullable String target;
        private int pid;
        private @Nullable URI http;
        private boolean bare;
        private String serverOptions = "";
        private int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
        private boolean json;
        private boolean markdown;
        private boolean head;
        private boolean help;
    }

    private static int number(String option, String value, int least, int most) throws UsageException {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UsageException(option + " wants a whole number from " + least + " to " + most + ", not " + value);
    }

    private static String uri(String value) throws UsageException {
        if (!value.equals(DOOR) && !value.matches("sips?:[^\\s]+")) {
            throw new UsageException(
                    "--target wants a SIP URI such as sip:stub@127.0.0.1:5060, or " + DOOR + ", not " + value);
        }
        return value;
    }

    private static URI web(String value) throws UsageException {
        if (!value.matches("https?://[^\\s]+")) {
            throw new UsageException("--http wants an address such as http://127.0.0.1:8080/, not " + value);
        }
        return URI.create(value.endsWith("/") ? value : value + "/");
    }
}
