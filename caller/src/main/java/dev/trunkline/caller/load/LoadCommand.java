package dev.trunkline.caller.load;

import dev.trunkline.caller.command.UsageException;
import dev.trunkline.caller.signalling.Signalling;
import dev.trunkline.caller.signalling.SipLine;
import dev.trunkline.caller.sound.TelephoneSound;
import dev.trunkline.caller.speech.LocalVoice;
import dev.trunkline.media.codec.Codecs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code trunkline load}: many calls at once, and what becomes of them. Used by one thread. */
public final class LoadCommand {

    /** The run is valid and all calls were held. */
    public static final int FINE = 0;

    /** It is not, or they were not. */
    public static final int FAILED = 1;

    /** The command line can't be understood. */
    public static final int USAGE = 2;

    /** The silence that the server's agents wait for before they answer. */
    static final double STOP_MILLIS = 500;

    /** The agent that the stub services belong to. */
    private static final String STUB = "stub";

    /** Two seconds of speech that the voice-activity model takes for one stretch, from the first word to a sharp end. */
    private static final String QUESTION =
            "Yes hello my name is Miller and I am calling about my order number nine nine one";

    private final List<String> server;
    private final List<String> bare;

    /**
     * The command.
     *
     * @param server starts a server that reads its settings from the environment
     * @param bare starts the bare loop; how many ports is added to it
     */
    public LoadCommand(List<String> server, List<String> bare) {
        this.server = List.copyOf(server);
        this.bare = List.copyOf(bare);
    }

    /**
     * Runs it.
     *
     * @param args what stands behind {@code load}
     * @return the exit code
     */
    public int run(String[] args, PrintStream out, PrintStream err) {
        LoadOptions options;
        try {
            options = LoadOptions.read(args);
        } catch (UsageException e) {
            err.println("trunkline load: " + e.getMessage());
            err.println("trunkline load --help tells more");
            return USAGE;
        }
        if (options.help()) {
            out.print(LoadOptions.HELP);
            return FINE;
        }
        if (options.head()) {
            out.println(LoadText.HEAD);
            return FINE;
        }
        boolean quiet = options.json() || options.markdown();
        PrintStream progress =
                quiet ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) : err;
        LoadReport report;
        try {
            report = measured(options, progress);
        } catch (IOException e) {
            err.println("trunkline load: " + e.getMessage());
            return FAILED;
        } catch (UncheckedIOException e) {
            err.println("trunkline load: " + e.getCause());
            return FAILED;
        }
        if (options.json()) {
            out.println(LoadJson.of(report));
        } else if (options.markdown()) {
            out.println(LoadText.row(report));
        } else {
            LoadText.print(report, out);
        }
        return report.valid() && report.allHeld() ? FINE : FAILED;
    }

    private LoadReport measured(LoadOptions options, PrintStream progress) throws IOException {
        QuestionSound sound = question();
        String target = options.target();
        if (options.bare()) {
            try (BareSignalling line = new BareSignalling(bare, options.calls());
                    LoadRun run = new LoadRun(options, line, "the bare loop", line.pid(), null, sound, progress)) {
                return run.run("bare loop");
            }
        }
        boolean door = LoadOptions.DOOR.equals(target);
        URI http = options.http();
        if (target != null && (!door || http != null)) {
            return measured(options, target, options.pid(), http, sound, progress);
        }
        progress.println("starting a server");
        try (ServerChild child = ServerChild.start(server, options.calls(), options.ramp(), options.serverOptions())) {
            String callee = door ? LoadOptions.DOOR : child.target();
            return measured(options, callee, child.pid(), child.http(), sound, progress);
        }
    }

    private static LoadReport measured(
            LoadOptions options, String target, long pid, @Nullable URI http, QuestionSound sound, PrintStream progress)
            throws IOException {
        URI metrics = http == null ? null : http.resolve("metrics");
        if (http != null && LoadOptions.DOOR.equals(target)) {
            try (Signalling line = new DoorSignalling(http);
                    LoadRun run = new LoadRun(options, line, STUB, pid, metrics, sound, progress)) {
                return run.run("raw RTP");
            }
        }
        try (Signalling line = SipLine.towards(target);
                LoadRun run = new LoadRun(options, line, target, pid, metrics, sound, progress)) {
            return run.run("SIP");
        }
    }

    /** What every caller asks. */
    static QuestionSound question() {
        return new QuestionSound(withoutLead(TelephoneSound.of(LocalVoice.load().say(QUESTION))), Codecs.PCMU.create());
    }

    /** From the first sound on. */
    private static short[] withoutLead(short[] pcm) {
        int from = 0;
        while (from < pcm.length && Math.abs(pcm[from]) < 500) {
            from++;
        }
        return Arrays.copyOfRange(pcm, from, pcm.length);
    }
}
