package dev.trunkline.caller;

import dev.trunkline.caller.command.CallOptions;
import dev.trunkline.caller.command.UsageException;
import dev.trunkline.caller.network.Impairments;
import dev.trunkline.caller.report.CallReport;
import dev.trunkline.caller.report.JsonReport;
import dev.trunkline.caller.report.TextReport;
import dev.trunkline.caller.sound.Stereo;
import dev.trunkline.caller.speech.CallerVoice;
import dev.trunkline.caller.speech.LocalRecogniser;
import dev.trunkline.caller.speech.LocalVoice;
import dev.trunkline.media.wav.WavFile;
import dev.trunkline.sound.AudioChunk;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code trunkline call}: one scripted call from the command line. Used by one thread. */
public final class CallCommand {

    /** The call was answered and the agent was heard. */
    public static final int FINE = 0;

    /** The call failed. */
    public static final int FAILED = 1;

    /** The command line can't be understood. */
    public static final int USAGE = 2;

    private final String defaultTarget;
    private final Path models;

    /**
     * The command.
     *
     * @param defaultTarget whom to call if nobody is named
     * @param models the folder with the recogniser's files
     */
    public CallCommand(String defaultTarget, Path models) {
        this.defaultTarget = defaultTarget;
        this.models = models;
    }

    /**
     * Runs it.
     *
     * @param args what stands behind {@code call}
     * @return the exit code
     */
    public int run(String[] args, PrintStream out, PrintStream err) {
        CallOptions options;
        ScriptedCaller caller;
        try {
            options = CallOptions.read(args, defaultTarget);
            if (options.help()) {
                out.print(String.format(Locale.ROOT, CallOptions.HELP, defaultTarget));
                return FINE;
            }
            writable(options.record());
            writable(options.recordBoth());
            caller = prepared(options);
        } catch (UsageException e) {
            err.println("trunkline call: " + e.getMessage());
            err.println("trunkline call --help tells more");
            return USAGE;
        }
        CallReport report;
        try {
            report = caller.run();
        } catch (UncheckedIOException e) {
            err.println("trunkline call: " + options.target() + ": " + e.getCause());
            return FAILED;
        }
        try {
            report = finished(report, options, err, models);
        } catch (IOException e) {
            err.println("trunkline call: " + e.getMessage());
            return FAILED;
        }
        if (options.json()) {
            out.println(JsonReport.of(report));
        } else {
            TextReport.print(report, out);
        }
        return report.answered() && !report.agentTurns().isEmpty() ? FINE : FAILED;
    }

    private static CallReport finished(CallReport report, CallOptions options, PrintStream err, Path models)
            throws IOException {
        if (!report.answered()) {
            return report;
        }
        Path record = options.record();
        if (record != null) {
            WavFile.write(record, report.heard());
        }
        Path both = options.recordBoth();
        if (both != null) {
            WavFile.write(both, Stereo.of(report.said(), report.heard()));
        }
        if (!options.recognise() || report.agentTurns().isEmpty()) {
            return report;
        }
        try (LocalRecogniser recogniser = LocalRecogniser.load(models)) {
            return report.recognisedBy(recogniser::recognise);
        } catch (IOException e) {
            err.println("trunkline call: the agent's words are not known: " + e.getMessage());
            return report;
        }
    }

    /** The script, with every sound ready before the telephone rings. */
    private static ScriptedCaller prepared(CallOptions options) throws UsageException {
        ScriptedCaller caller = ScriptedCaller.to(options.target())
                .codecs(options.payloadTypes().toArray(Integer[]::new))
                .patience(options.patience())
                .pause(options.pause())
                .stay(options.stay())
                .maxDuration(options.maxDuration());
        Impairments network = options.impairments();
        if (!network.none()) {
            caller.impaired(network);
        }
        CallerVoice voice = null;
        for (CallOptions.Line line : options.lines()) {
            switch (line) {
                case CallOptions.Line.Wav wav -> caller.say(wav.file().toString(), read(wav.file()));
                case CallOptions.Line.Keys keys -> caller.keys(keys.digits());
                case CallOptions.Line.Say say -> {
                    voice = voice == null ? LocalVoice.load() : voice;
                    caller.say(say.text(), voice.say(say.text()));
                }
            }
        }
        for (CallOptions.KeysAt keys : options.timedKeys()) {
            caller.keysAt(keys.at(), keys.digits());
        }
        return caller;
    }

    private static AudioChunk read(Path file) throws UsageException {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("--wav: there is no file " + file);
        }
        try {
            return WavFile.read(file);
        } catch (IOException e) {
            throw new UsageException("--wav: " + e.getMessage());
        }
    }

    /** Better now than after the call. */
    private static void writable(@Nullable Path file) throws UsageException {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw new UsageException("--record: " + file + " can't be written");
        }
    }
}
