package dev.trunkline.acceptance.peer;

import dev.trunkline.acceptance.process.Program;
import dev.trunkline.acceptance.server.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Kamailio on the loopback address that runs the very configuration of {@code examples/kamailio}, in front of one or several
 * servers. Closing stops its process.
 */
public final class Kamailio implements AutoCloseable {

    private final int port;
    private final Program program;

    private Kamailio(int port, Program program) {
        this.port = port;
        this.program = program;
    }

    /** One in front of those SIP ports, which it probes every second. */
    public static Kamailio before(Integer... servers) {
        return before(Map.of(), servers);
    }

    /**
     * One in front of those SIP ports.
     *
     * @param settings what the example's head defines, such as {@code PROBE_SECONDS}
     */
    public static Kamailio before(Map<String, String> settings, Integer... servers) {
        Path folder = Program.folder("kamailio");
        Path list = folder.resolve("dispatcher.list");
        List<String> lines = new ArrayList<>();
        for (int server : servers) {
            lines.add("1 sip:127.0.0.1:" + server);
        }
        int port = FreePorts.udpAndTcp();
        Map<String, String> defined = new TreeMap<>();
        defined.put("LISTEN", "127.0.0.1:" + port);
        defined.put("DISPATCHER_LIST", '"' + list.toString() + '"');
        defined.put("PROBE_SECONDS", "1");
        // a busy machine may take its time
        defined.put("NO_REPLY_MILLIS", "5000");
        defined.putAll(settings);
        List<String> command =
                new ArrayList<>(List.of("kamailio", "-f", example().toString()));
        // in the foreground, the log to its output, little memory, everything that it writes in our folder
        command.addAll(List.of("-DD", "-E", "-m", "32", "-M", "4", "-Y", folder.toString()));
        command.addAll(List.of("-P", folder.resolve("pid").toString()));
        defined.forEach((name, value) -> command.addAll(List.of("-A", name + "=" + value)));
        try {
            Files.write(list, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Program program = Program.start("kamailio", "kamailio", folder, Map.of(), command);
        try {
            program.awaitReady(() -> SipPing.answered(port));
            return new Kamailio(port, program);
        } catch (RuntimeException | Error e) {
            program.close();
            throw e;
        }
    }

    private static Path example() {
        return Path.of("..", "examples", "kamailio", "kamailio.cfg")
                .toAbsolutePath()
                .normalize();
    }

    /** Its SIP port, for UDP and TCP. */
    public int sipPort() {
        return port;
    }

    /** What to dial to reach that agent through it. */
    public String address(String agent) {
        return "sip:" + agent + "@127.0.0.1:" + port;
    }

    /** All that it logged. */
    public String log() {
        return program.output();
    }

    /** The end of what it logged, for messages. */
    public String tail() {
        return program.tail();
    }

    @Override
    public void close() {
        program.close();
    }
}
