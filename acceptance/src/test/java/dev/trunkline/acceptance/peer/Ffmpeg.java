package dev.trunkline.acceptance.peer;

import dev.trunkline.acceptance.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** ffmpeg as a media server that knows nothing but RTP: one process says a file, another writes down what comes. */
public final class Ffmpeg implements AutoCloseable {

    private static final String NAME = "ffmpeg";

    private final Program program;

    private Ffmpeg(Program program) {
        this.program = program;
    }

    /** Says a file in PCMU, at the pace of speech, 20 ms in a packet: by itself ffmpeg puts 180 ms into one. */
    public static Ffmpeg says(Path wav, int port) {
        return run(List.of(
                NAME,
                "-loglevel",
                "warning",
                "-re",
                "-i",
                wav.toString(),
                "-ar",
                "8000",
                "-ac",
                "1",
                "-c:a",
                "pcm_mulaw",
                "-f",
                "rtp",
                "rtp://127.0.0.1:" + port + "?pkt_size=172"));
    }

    /** Writes down what comes to where the description says, for so many seconds of sound. */
    public static Ffmpeg hears(String sdp, Path wav, int seconds) {
        try {
            Path description = wav.resolveSibling("heard.sdp");
            Files.writeString(description, sdp);
            return run(List.of(
                    NAME,
                    "-loglevel",
                    "warning",
                    "-y",
                    "-protocol_whitelist",
                    "file,udp,rtp",
                    "-i",
                    description.toString(),
                    "-t",
                    Integer.toString(seconds),
                    wav.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Ffmpeg run(List<String> command) {
        return new Ffmpeg(Program.start(NAME, NAME, Program.folder(NAME), Map.of(), command));
    }

    /** Waits until it has said or heard everything. */
    public void await(Duration patience) {
        program.awaitEnd(patience);
    }

    @Override
    public void close() {
        program.close();
    }
}
