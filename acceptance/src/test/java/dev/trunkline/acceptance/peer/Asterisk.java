package dev.trunkline.acceptance.peer;

import dev.trunkline.acceptance.process.Certificate;
import dev.trunkline.acceptance.process.Program;
import dev.trunkline.acceptance.server.FreePorts;
import dev.trunkline.acceptance.word.Counters;
import dev.trunkline.caller.sound.TelephoneSound;
import dev.trunkline.media.wav.WavFile;
import dev.trunkline.media.wav.WavWriter;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real Asterisk 22 on the loopback address, on ports of its own: Debian's package, unpacked into a cache folder by {@code
 * scripts/asterisk.sh} and run by its own loader, so that it needs neither installation nor root. What it can do stands in the
 * configuration among the resources ({@code asterisk/extensions.conf}, {@code pjsip.conf}). Several can run at once.
 *
 * <p>Its HTTP side with ARI is on. Closing stops its process. Safe for use by several threads once it runs.
 */
public final class Asterisk implements AutoCloseable {

    /** The password of all accounts of its registrar. */
    public static final String PASSWORD = "correct horse";

    private static final Duration FETCH = Duration.ofMinutes(5);
    private static final List<String> FILES = List.of(
            "asterisk.conf",
            "logger.conf",
            "modules.conf",
            "rtp.conf",
            "http.conf",
            "ari.conf",
            "musiconhold.conf",
            "indications.conf",
            "pjsip.conf",
            "extensions.conf");
    /** What it misses if it is not there, though it may be empty. */
    private static final List<String> EMPTY = List.of(
            "pjproject.conf",
            "features.conf",
            "acl.conf",
            "udptl.conf",
            "stasis.conf",
            "cdr.conf",
            "cel.conf",
            "ccss.conf",
            "websocket_client.conf",
            "chan_websocket.conf");

    private static final int RTP_PORTS = 100;
    private static final AtomicInteger NEXT_RTP =
            new AtomicInteger(20_000 + (int) (ProcessHandle.current().pid() % 20) * 4 * RTP_PORTS);

    private final Path folder;
    private final Path root;
    private final Map<String, String> values;
    private final AtomicInteger recordings = new AtomicInteger();
    private final AsteriskControl control;
    private Program program;

    private Asterisk(Path folder, Path root, Map<String, String> values) {
        this.folder = folder;
        this.root = root;
        this.values = values;
        this.control = new AsteriskControl(httpPort(), values.get("ARI_USER"), values.get("ARI_PASSWORD"));
        this.program = launch();
    }

    /** One with the usual settings, ready for calls. */
    public static Asterisk start() {
        return start(Map.of());
    }

    /**
     * One with settings of its own.
     *
     * @param settings in addition to the usual ones: {@code NONCE_SECONDS} (how long a challenge is good for), {@code SIP}
     *     (its port), {@code PASSWORD}
     */
    public static Asterisk start(Map<String, String> settings) {
        Path root = fetched();
        Path folder = Program.folder("asterisk");
        int rtp = NEXT_RTP.getAndAdd(RTP_PORTS);
        Map<String, String> values = new TreeMap<>();
        values.put("RUN", folder.toString());
        values.put("SOCKET", socketFolder().toString());
        values.put("ROOT", root.toString());
        values.put("MODULES", only(root.resolve("usr/lib"), "asterisk/modules").toString());
        values.put("SIP", Integer.toString(FreePorts.udpAndTcp()));
        values.put("TLS", Integer.toString(FreePorts.tcp()));
        values.put("HTTP", Integer.toString(FreePorts.tcp()));
        values.put("RTP_FIRST", Integer.toString(rtp));
        values.put("RTP_LAST", Integer.toString(rtp + RTP_PORTS - 1));
        values.put("ARI_USER", "trunkline");
        values.put("ARI_PASSWORD", "secret");
        values.put("CERTIFICATE", Certificate.shared().certificate().toString());
        values.put("KEY", Certificate.shared().key().toString());
        values.put("PASSWORD", PASSWORD);
        values.put("NONCE_SECONDS", "32");
        values.putAll(settings);
        return new Asterisk(folder, root, values);
    }

    /** The folder with the unpacked packages, fetched at the first need. */
    private static synchronized Path fetched() {
        Path script = Path.of("..", "scripts", "asterisk.sh").toAbsolutePath().normalize();
        Program fetch = Program.start(
                "asterisk.sh", "bash", Program.folder("fetch"), Map.of(), List.of("bash", script.toString()));
        int code = fetch.awaitEnd(FETCH);
        if (code != 0) {
            throw new AssertionError("there is no Asterisk to test with: " + fetch.output());
        }
        return Path.of(fetch.output().lines().reduce((first, last) -> last).orElseThrow());
    }

    /** Its control socket's path must be short, wherever this project lies. */
    private static Path socketFolder() {
        try {
            return Files.createTempDirectory("asterisk");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Program launch() {
        for (String file : FILES) {
            Template.ofResource("asterisk/" + file).write(folder.resolve("etc").resolve(file), values);
        }
        try {
            for (String file : EMPTY) {
                Files.write(folder.resolve("etc").resolve(file), new byte[0]);
            }
            for (String each : List.of("var/keys", "log", "cache", "spool/monitor", "spool/recording", "spool/tmp")) {
                Files.createDirectories(folder.resolve(each));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = command();
        command.addAll(List.of("-f", "-g"));
        Program started = Program.start("asterisk", "debian-archive-keyring", folder, Map.of(), command);
        try {
            started.awaitReady(control::answers);
            return started;
        } catch (RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    /** By its own loader and with its own libraries: this machine's may be older. */
    private List<String> command() {
        Path libraries = only(root.resolve("usr/lib"), "libc.so.6").getParent();
        return new ArrayList<>(List.of(
                only(root.resolve("usr"), "ld-linux-*.so.*").toString(),
                "--library-path",
                libraries + ":" + root.resolve("usr/lib"),
                root.resolve("usr/sbin/asterisk").toString(),
                "-C",
                folder.resolve("etc/asterisk.conf").toString()));
    }

    private static Path only(Path below, String ending) {
        var matcher = below.getFileSystem().getPathMatcher("glob:**/" + ending);
        try (var files = Files.walk(below)) {
            return files.filter(matcher::matches)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + ending + " below " + below));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its SIP port, for UDP and TCP. */
    public int sipPort() {
        return Integer.parseInt(values.getOrDefault("SIP", "0"));
    }

    /** Its SIP port for TLS. */
    public int tlsPort() {
        return Integer.parseInt(values.getOrDefault("TLS", "0"));
    }

    /** Its HTTP port: ARI. */
    public int httpPort() {
        return Integer.parseInt(values.getOrDefault("HTTP", "0"));
    }

    /** What to dial for one of its extensions. */
    public String address(String extension) {
        return "sip:" + extension + "@127.0.0.1:" + sipPort();
    }

    /** What it does by HTTP: ARI. */
    public AsteriskControl control() {
        return control;
    }

    /** A call that it places, and what is to be said in it. */
    public Call calls(String dialled) {
        return new Call(dialled);
    }

    /** A command of its command line, and what it printed. */
    public String cli(String line) {
        List<String> command = command();
        command.addAll(List.of("-rx", line));
        Program cli = Program.start("cli", "debian-archive-keyring", Program.folder("cli"), Map.of(), command);
        cli.awaitEnd(Duration.ofSeconds(20));
        cli.close();
        return cli.output();
    }

    /** All that it logged. */
    public String log() {
        try {
            Path log = folder.resolve("log/asterisk.log");
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of what it printed and logged, for messages. */
    public String tail() {
        return program.tail() + "\n" + Program.tail(log());
    }

    /** Stops it as if its machine were switched off. */
    public void stop() {
        program.close();
    }

    /** Starts it again on the same ports, with what it kept. */
    public void startAgain() {
        if (program.alive()) {
            throw new IllegalStateException("it runs");
        }
        program = launch();
    }

    @Override
    public void close() {
        program.close();
        Path socket = Path.of(values.getOrDefault("SOCKET", ""));
        try (Stream<Path> files = Files.walk(socket)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("the folder of Asterisk's socket stays: " + e);
        }
    }

    /** A call that Asterisk places: a builder. */
    public final class Call {

        private final String dialled;
        private final Map<String, String> variables = new TreeMap<>();
        private final String from;
        private final Path heard;

        private Call(String dialled) {
            this.dialled = dialled;
            int number = recordings.incrementAndGet();
            this.from = "asterisk" + number;
            this.heard = folder.resolve("spool/monitor/heard-" + number);
            variables.put("HEARD", heard + ".wav");
        }

        /** A sound for the dialplan, 8 kHz. */
        public Call with(String variable, AudioChunk sound) {
            Path file = heard.resolveSibling(heard.getFileName() + "-" + variable);
            try {
                try (WavWriter writer = new WavWriter(Path.of(file + ".wav"), AudioFormat.PCM_8K)) {
                    writer.write(TelephoneSound.converted(sound, AudioFormat.PCM_8K));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return with(variable, file.toString());
        }

        /** Something else for the dialplan. */
        public Call with(String variable, String value) {
            variables.put(variable, value);
            return this;
        }

        /**
         * Places it.
         *
         * @param extension of the context {@code talk}, which says what is done in the call
         */
        public Placed place(String extension) {
            Counters.CALLS.increment();
            String channel = control.originate(dialled, from, extension, variables);
            return new Placed(channel);
        }

        /** A call that was placed. */
        public final class Placed {

            private final String channel;

            private Placed(String channel) {
                this.channel = channel;
            }

            /** The user part of who calls. */
            public String from() {
                return from;
            }

            /** Waits until it is over, and gives all that the other side said. */
            public AudioChunk heard() {
                Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> !control.channelExists(channel));
                Path file = Path.of(heard + ".wav");
                if (!Files.exists(file)) {
                    throw new AssertionError("the call to " + dialled + " was not answered:\n" + tail());
                }
                try {
                    return WavFile.read(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            /** Hangs up. */
            public void hangUp() {
                control.hangUp(channel);
            }
        }
    }
}
