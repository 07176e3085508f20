package dev.trunkline.acceptance.peer;

import dev.trunkline.acceptance.process.Program;
import dev.trunkline.acceptance.server.FreePorts;
import dev.trunkline.acceptance.word.Counters;
import dev.trunkline.caller.sound.TelephoneSound;
import dev.trunkline.media.codec.G711;
import dev.trunkline.sound.AudioChunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** SIPp as a caller: a SIP implementation that shares nothing with ours. A builder; used by one thread. */
public final class Sipp {

    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final int MEDIA_PORTS = 400;
    private static final AtomicInteger NEXT_MEDIA = new AtomicInteger(10_000);

    private final Path folder;
    private final Path scenario;
    private final String user;
    private String transport = "u1";
    private int calls = 1;
    private int callsPerSecond = 1;

    /**
     * A scenario of the resources.
     *
     * @param name of the file without its ending
     */
    public Sipp(String name) {
        folder = Program.folder("sipp-" + name);
        user = folder.getFileName().toString();
        scenario = folder.resolve(name + ".xml");
        Template.ofResource("sipp/" + name + ".xml").write(scenario, Map.of());
    }

    /** The user part of who calls. */
    public String user() {
        return user;
    }

    /**
     * Lays a sound beside the scenario, without a header, with silence of that length behind it.
     *
     * @param file its name; {@code .alaw} is A-law, all else mu-law
     */
    public Sipp withSound(String file, AudioChunk sound, int silenceMillis) {
        short[] pcm = TelephoneSound.of(sound);
        byte[] law = new byte[pcm.length + silenceMillis * 8];
        boolean alaw = file.endsWith(".alaw");
        for (int i = 0; i < law.length; i++) {
            short sample = i < pcm.length ? pcm[i] : 0;
            law[i] = alaw ? G711.linearToAlaw(sample) : G711.linearToMulaw(sample);
        }
        try {
            Files.write(folder.resolve(file), law);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Over TCP: one connection for all calls. */
    public Sipp overTcp() {
        transport = "t1";
        return this;
    }

    /** Over TCP: a connection for each call. */
    public Sipp overManyConnections() {
        transport = "tn";
        return this;
    }

    /**
     * How many calls, all of them at once in the end.
     *
     * @param number of calls
     * @param perSecond how many begin in a second
     */
    public Sipp calls(int number, int perSecond) {
        calls = number;
        callsPerSecond = perSecond;
        return this;
    }

    /** Places the calls and waits for their end; fails if one did not go as the scenario says. */
    public void call(String dialled, int port) {
        start(dialled, port).await();
    }

    /** Places the calls. */
    public Running start(String dialled, int port) {
        Counters.CALLS.add(calls);
        int media = 10_000 + Math.floorMod(NEXT_MEDIA.getAndAdd(MEDIA_PORTS), 5_000);
        List<String> command = new ArrayList<>(List.of("sipp", "127.0.0.1:" + port, "-sf", scenario.toString()));
        command.addAll(List.of("-s", dialled, "-key", "who", user, "-t", transport));
        command.addAll(List.of("-i", "127.0.0.1", "-p", Integer.toString(FreePorts.udpAndTcp())));
        command.addAll(List.of("-mi", "127.0.0.1", "-mp", Integer.toString(media)));
        command.addAll(List.of("-m", Integer.toString(calls), "-l", Integer.toString(calls)));
        command.addAll(List.of("-r", Integer.toString(callsPerSecond), "-rp", "1000", "-max_socket", "1000"));
        command.addAll(List.of("-nostdin", "-trace_err", "-error_file", "errors.log"));
        command.addAll(List.of("-timeout", LONGEST.toSeconds() + "s", "-timeout_error"));
        return new Running(Program.start("sipp", "sip-tester", folder, Map.of("TERM", "dumb"), command));
    }

    /** Calls that are under way. */
    public final class Running {

        private final Program program;

        private Running(Program program) {
            this.program = program;
        }

        /** Waits for their end; fails if one did not go as the scenario says. */
        public void await() {
            try (program) {
                int code = program.awaitEnd(LONGEST.plusSeconds(20));
                if (code != 0) {
                    throw new AssertionError("sipp ended with " + code + ": " + errors() + "\n" + program.tail());
                }
            }
        }
    }

    private String errors() {
        try {
            Path errors = folder.resolve("errors.log");
            return Files.exists(errors) ? Files.readString(errors) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
