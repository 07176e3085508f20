package dev.trunkline.acceptance.peer;

import dev.trunkline.acceptance.server.FreePorts;
import dev.trunkline.acceptance.word.Counters;
import dev.trunkline.caller.sound.TelephoneSound;
import dev.trunkline.media.codec.G711;
import dev.trunkline.sound.AudioChunk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** SIPp as a caller: a SIP implementation that shares nothing with ours. Used by one thread. */
public final class Sipp {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int LONGEST_SECONDS = 90;

    private final Path folder;
    private final Path scenario;

    /**
     * A scenario of the resources.
     *
     * @param name of the file without its ending
     */
    public Sipp(String name) {
        folder =
                Path.of("target", "sipp", name + "-" + NUMBER.incrementAndGet()).toAbsolutePath();
        scenario = folder.resolve(name + ".xml");
        try (InputStream in = Sipp.class.getResourceAsStream("/dev/trunkline/acceptance/sipp/" + name + ".xml")) {
            if (in == null) {
                throw new IllegalArgumentException("there is no scenario " + name);
            }
            Files.createDirectories(folder);
            Files.write(scenario, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lays a sound beside the scenario as raw mu-law, with silence of that length behind it. */
    public Sipp withSound(String file, AudioChunk sound, int silenceMillis) {
        short[] pcm = TelephoneSound.of(sound);
        byte[] law = new byte[pcm.length + silenceMillis * 8];
        for (int i = 0; i < law.length; i++) {
            law[i] = i < pcm.length ? G711.linearToMulaw(pcm[i]) : G711.MULAW_SILENCE;
        }
        try {
            Files.write(folder.resolve(file), law);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Places calls and waits for their end.
     *
     * @param user whom to call
     * @param port where the server listens
     * @param calls how many, one a second
     * @return the exit code: 0 if all went as the scenario says
     */
    public int call(String user, int port, int calls) {
        Counters.CALLS.add(calls);
        List<String> command = new ArrayList<>(List.of(
                "sipp",
                "127.0.0.1:" + port,
                "-sf",
                scenario.toString(),
                "-s",
                user,
                "-i",
                "127.0.0.1",
                "-p",
                Integer.toString(FreePorts.udp()),
                "-mi",
                "127.0.0.1"));
        command.addAll(List.of("-m", Integer.toString(calls), "-l", Integer.toString(calls), "-r", "1", "-rp", "1000"));
        command.addAll(List.of(
                "-nostdin",
                "-trace_err",
                "-error_file",
                folder.resolve("errors.log").toString()));
        command.addAll(List.of("-timeout", LONGEST_SECONDS + "s", "-timeout_error"));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("screen.log").toFile())
                    .start();
            if (!process.waitFor(LONGEST_SECONDS + 20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("sipp did not finish: " + errors());
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new AssertionError("sipp is not installed: apt-get install sip-tester (scripts/peers.sh does it)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it complained about. */
    public String errors() {
        try {
            Path errors = folder.resolve("errors.log");
            return Files.exists(errors) ? Files.readString(errors) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
