package dev.trunkline.models.moonshine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The words of the Llama SentencePiece vocabulary that Moonshine writes with; for decoding only. In a token U+2581 stands
 * for a space and {@code <0xHH>} for one byte of UTF-8. Immutable, thread-safe.
 */
final class Vocabulary {

    private static final int SIZE = 32_000;
    private static final char SPACE = '\u2581';

    private final byte[][] tokens;

    private Vocabulary(byte[][] tokens) {
        this.tokens = tokens;
    }

    /**
     * Reads a file with one token a line.
     *
     * @throws IOException if it cannot be read or has not the tokens of that vocabulary
     */
    static Vocabulary read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.size() != SIZE) {
            throw new IOException(file + " has " + lines.size() + " tokens instead of " + SIZE);
        }
        byte[][] tokens = new byte[SIZE][];
        for (int id = 0; id < SIZE; id++) {
            tokens[id] = bytes(lines.get(id));
        }
        // the marks for unknown, start and end are no text
        for (int id = 0; id <= Moonshine.END; id++) {
            tokens[id] = new byte[0];
        }
        return new Vocabulary(tokens);
    }

    private static byte[] bytes(String token) {
        if (token.length() == 6 && token.startsWith("<0x") && token.endsWith(">")) {
            return new byte[] {(byte) Integer.parseInt(token, 3, 5, 16)};
        }
        return token.replace(SPACE, ' ').getBytes(StandardCharsets.UTF_8);
    }

    /** The text of those tokens; what is no text (marks, ids beyond the vocabulary) is left out. */
    String decode(int[] ids, int count) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(count * 4);
        for (int i = 0; i < count; i++) {
            if (ids[i] >= 0 && ids[i] < SIZE) {
                text.writeBytes(tokens[ids[i]]);
            }
        }
        return text.toString(StandardCharsets.UTF_8).strip();
    }
}
