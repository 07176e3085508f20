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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * baresip, a telephone without a screen: it has a SIP stack, a media stack and codecs of its own. It sends silence until it is
 * told to say something, and writes down what it hears. Used by one thread; closing ends its process.
 */
public final class Baresip implements AutoCloseable {

    private static final List<Path> MODULES =
            List.of(Path.of("/usr/lib/baresip/modules"), Path.of("/usr/lib/x86_64-linux-gnu/baresip/modules"));
    private static final Pattern STATUS_LINE = Pattern.compile("\\s*\\[\\d:\\d\\d:\\d\\d\\] audio=\\S+ \\(bit/s\\)");
    private static final int LONGEST_SECONDS = 60;
    private static final int RTP_PORTS = 20;
    private static final AtomicInteger NEXT_RTP =
            new AtomicInteger(16_000 + (int) (ProcessHandle.current().pid() % 20) * 200);

    private final Path folder;
    private final String user;
    private final int port;
    private final int rate;
    private final Program program;
    private final BaresipControl control;
    private int said;

    private Baresip(Path folder, String user, int port, int rate, Program program, BaresipControl control) {
        this.folder = folder;
        this.user = user;
        this.port = port;
        this.rate = rate;
        this.program = program;
        this.control = control;
    }

    /** What it speaks, and how. */
    public enum Line {
        PCMU("PCMU/8000/1", 8_000, "udp", ""),
        PCMA("PCMA/8000/1", 8_000, "udp", ""),
        G722("G722/16000/1", 16_000, "udp", ""),
        OPUS("opus/48000/2", 48_000, "udp", ""),
        TCP("PCMU/8000/1", 8_000, "tcp", ""),
        TLS("PCMU/8000/1", 8_000, "tls", ""),
        /** TLS, and the keys of SRTP in the SDP. */
        SRTP("PCMU/8000/1", 8_000, "tls", ";mediaenc=srtp-mand");

        private final String codec;
        private final int rate;
        private final String transport;
        private final String more;

        Line(String codec, int rate, String transport, String more) {
            this.codec = codec;
            this.rate = rate;
            this.transport = transport;
            this.more = more;
        }
    }

    /** One that speaks only so. */
    public static Baresip start(Line line) {
        return at("", FreePorts.udpAndTcp(), line);
    }

    /**
     * One at a certain address.
     *
     * @param name the user part; empty for one that nobody else has
     */
    public static Baresip at(String name, int port, Line line) {
        Path folder = Program.folder("baresip");
        Path modules = MODULES.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "there are no modules of baresip: apt-get install baresip-core (scripts/peers.sh"
                                + " does it)"));
        String user = name.isEmpty() ? folder.getFileName().toString() : name;
        int controlPort = FreePorts.tcp();
        int rtp = NEXT_RTP.getAndAdd(RTP_PORTS);
        Path silence = folder.resolve("silence.wav");
        write(silence, AudioChunk.silence(line.rate * LONGEST_SECONDS, line.rate));
        Map<String, String> values = new TreeMap<>();
        values.put("SIP", Integer.toString(port));
        values.put("CONTROL", Integer.toString(controlPort));
        values.put("SILENCE", silence.toString());
        values.put("FOLDER", folder.toString());
        values.put("MODULES", modules.toString());
        values.put("RATE", Integer.toString(line.rate));
        values.put("RTP_FIRST", Integer.toString(rtp));
        values.put("RTP_LAST", Integer.toString(rtp + RTP_PORTS - 1));
        values.put("CERTIFICATE", Certificate.shared().both().toString());
        Template.ofResource("baresip/config").write(folder.resolve("config"), values);
        try {
            Files.writeString(
                    folder.resolve("accounts"),
                    "<sip:" + user + "@127.0.0.1:" + port + ";transport=" + line.transport + ">;regint=0;audio_codecs="
                            + line.codec + ";answermode=manual" + line.more + "\n");
            Files.writeString(folder.resolve("contacts"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Program program = Program.start(
                "baresip",
                "baresip-core",
                folder,
                Map.of("HOME", folder.toString()),
                // it reserves memory for every file that it might open
                List.of("bash", "-c", "ulimit -n 1024; exec baresip -s -f " + folder));
        try {
            program.awaitReady(() -> BaresipControl.isThere(controlPort));
            return new Baresip(folder, user, port, line.rate, program, new BaresipControl(controlPort));
        } catch (RuntimeException | Error e) {
            program.close();
            throw e;
        }
    }

    private static void write(Path file, AudioChunk sound) {
        try (WavWriter writer = new WavWriter(file, sound.format())) {
            writer.write(sound);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to dial to call it. */
    public String address() {
        return "sip:" + user + "@127.0.0.1:" + port;
    }

    /** The user part of its address. */
    public String user() {
        return user;
    }

    /** Calls somebody and waits for the answer. */
    public void calls(String address) {
        Counters.CALLS.increment();
        // it adds the transport of its account itself
        control.command("dial", address.replaceAll(";transport=.*", ""));
        awaitEvent("CALL_ESTABLISHED");
    }

    /** Takes the call that rings, or will. */
    public void answers() {
        awaitEvent("CALL_INCOMING");
        control.command("accept", "");
        awaitEvent("CALL_ESTABLISHED");
    }

    /** Says something in the call, and is silent afterwards. */
    public void says(AudioChunk sound) {
        AudioFormat format = AudioFormat.pcm(rate);
        short[] words = TelephoneSound.converted(sound, format).toPcm();
        short[] all = new short[words.length + rate * LONGEST_SECONDS];
        System.arraycopy(words, 0, all, 0, words.length);
        Path file = folder.resolve("said-" + ++said + ".wav");
        write(file, AudioChunk.ofPcm(all, rate));
        control.command("ausrc", "aufile," + file);
    }

    /** Says something in the call, and waits until it is said and a second longer. */
    public void saysAndWaits(AudioChunk sound) {
        long heardBefore = heardMillis();
        says(sound);
        long wanted = heardBefore + sound.duration().toMillis() + 1000;
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> heardMillis() >= wanted);
    }

    /** How much it has heard: its clock. */
    private long heardMillis() {
        try (Stream<Path> files = Files.list(folder)) {
            Path dump = files.filter(f -> f.toString().endsWith("-dec.wav"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new AssertionError("baresip hears nothing:\n" + tail()));
            return Files.size(dump) / 2 * 1000 / rate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the other side on hold, and waits until it has agreed. */
    public void holds() {
        renegotiates("hold");
    }

    /** Goes on, and waits until the other side has agreed. */
    public void resumes() {
        renegotiates("resume");
    }

    private void renegotiates(String command) {
        long before = acknowledged();
        control.command(command, "");
        try {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> acknowledged() > before);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("baresip could not " + command + ":\n" + tail(), e);
        }
    }

    /** How many of its INVITEs were agreed to: it prints its SIP. */
    private long acknowledged() {
        return output().lines().filter(line -> line.startsWith("ACK sip:")).count();
    }

    /** Presses keys, by RTP events. */
    public void presses(String keys) {
        for (char key : keys.toCharArray()) {
            control.command("sndcode", Character.toString(key));
            // a key is held until it is let go
            control.command("sndcode", "\u0004");
        }
    }

    /** Sends the other side elsewhere. */
    public void transfers(String address) {
        control.command("transfer", address);
    }

    /** Hangs up. */
    public void hangsUp() {
        control.command("hangup", "");
        awaitEvent("CALL_CLOSED");
    }

    /** Waits for something that it tells, such as {@code CALL_CLOSED}. */
    public void awaitEvent(String type) {
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !program.alive() || control.told().contains(type));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("baresip told " + control.told() + ", not " + type + ":\n" + tail(), e);
        }
        if (!program.alive()) {
            throw new AssertionError("baresip ended:\n" + tail());
        }
    }

    /** What it told before is not waited for any more. */
    public void forgetsEvents() {
        control.told().clear();
    }

    /** All that it heard in its calls so far, complete when they are over. */
    public AudioChunk heard() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> dumps = new ArrayList<>(files.filter(f -> f.toString().endsWith("-dec.wav"))
                    .sorted()
                    .toList());
            if (dumps.isEmpty()) {
                throw new AssertionError("baresip heard nothing:\n" + tail());
            }
            return WavFile.read(dumps.getLast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it printed: its SIP too. */
    public String output() {
        return STATUS_LINE.matcher(program.output()).replaceAll("");
    }

    /** The end of what it printed, for messages. */
    public String tail() {
        return Program.tail(output());
    }

    @Override
    public void close() {
        control.close();
        program.close();
    }
}
