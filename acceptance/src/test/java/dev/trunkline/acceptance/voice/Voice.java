package dev.trunkline.acceptance.voice;

import dev.trunkline.media.wav.WavFile;
import dev.trunkline.sound.AudioChunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Callers' voices, made by programs that are not ours. Each speaks into a file that is read and removed. Thread-safe. */
public enum Voice {
    /** A man, statistical parametric. */
    FLITE_RMS("flite", "flite", List.of("flite", "-voice", "rms", "-t", "TEXT", "-o", "FILE")),
    /** A woman, statistical parametric. */
    FLITE_SLT("flite", "flite", List.of("flite", "-voice", "slt", "-t", "TEXT", "-o", "FILE")),
    /** A Scottish man, diphones cut from recordings. */
    FLITE_AWB("flite", "flite", List.of("flite", "-voice", "awb", "-t", "TEXT", "-o", "FILE")),
    /** British, formants. */
    ESPEAK_BRITISH(
            "espeak-ng", "espeak-ng", List.of("espeak-ng", "-v", "en-gb", "-s", "150", "-w", "FILE", "--", "TEXT")),
    /** American, formants. */
    ESPEAK_AMERICAN(
            "espeak-ng", "espeak-ng", List.of("espeak-ng", "-v", "en-us", "-s", "150", "-w", "FILE", "--", "TEXT"));

    private final String program;
    private final String debianPackage;
    private final List<String> command;

    Voice(String program, String debianPackage, List<String> command) {
        this.program = program;
        this.debianPackage = debianPackage;
        this.command = command;
    }

    /** The sound of a text, in the program's own rate. */
    public AudioChunk says(String text) {
        try {
            Path file = Files.createTempFile("voice", ".wav");
            try {
                List<String> words = command.stream()
                        .map(w -> w.equals("TEXT") ? text : w.equals("FILE") ? file.toString() : w)
                        .toList();
                run(words);
                return WavFile.read(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(List<String> words) {
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(program + " did not finish");
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(program + " ended with " + process.exitValue());
            }
        } catch (IOException e) {
            throw new AssertionError(
                    program + " is not installed: apt-get install " + debianPackage + " (scripts/peers.sh does it)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
