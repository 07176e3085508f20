package dev.trunkline.models.cache;

import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.Encoding;
import dev.trunkline.sound.SpokenChunk;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A spoken text as a file: a mark, the format, the chunks, and a checksum of it all. Written under another name first, so that
 * a file is whole or not there.
 */
final class SpeechFile {

    private static final int MARK = 0x54_4b_53_31;
    private static final int MOST_CHUNKS = 100_000;

    private SpeechFile() {}

    static void write(Path file, SpokenText text) throws IOException {
        Path part = Files.createTempFile(file.getParent(), "part-", ".tmp");
        try {
            try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(part))) {
                CheckedOutputStream checked = new CheckedOutputStream(raw, new CRC32());
                DataOutputStream out = new DataOutputStream(checked);
                write(out, text);
                out.writeLong(checked.getChecksum().getValue());
                out.flush();
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void write(DataOutputStream out, SpokenText text) throws IOException {
        out.writeInt(MARK);
        out.writeInt(text.chunks().size());
        for (SpokenChunk chunk : text.chunks()) {
            AudioFormat format = chunk.audio().format();
            out.writeUTF(format.encoding().name());
            out.writeInt(format.sampleRate());
            out.writeInt(format.channels());
            out.writeInt(chunk.textStart());
            out.writeInt(chunk.textEnd());
            out.writeBoolean(chunk.exact());
            out.writeInt(chunk.audio().data().length);
            out.write(chunk.audio().data());
        }
    }

    /**
     * Reads it back.
     *
     * @throws IOException if it cannot be read or is damaged
     */
    static SpokenText read(Path file) throws IOException {
        long size = Files.size(file);
        try (CheckedInputStream checked =
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), new CRC32())) {
            DataInputStream in = new DataInputStream(checked);
            if (in.readInt() != MARK) {
                throw new IOException("not a spoken text: " + file);
            }
            int count = in.readInt();
            if (count < 0 || count > MOST_CHUNKS) {
                throw new IOException("damaged: " + file);
            }
            List<SpokenChunk> chunks = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                chunks.add(chunk(in, size));
            }
            long sum = checked.getChecksum().getValue();
            if (in.readLong() != sum) {
                throw new IOException("damaged: " + file);
            }
            return new SpokenText(chunks);
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged: " + file, e);
        }
    }

    private static SpokenChunk chunk(DataInputStream in, long fileSize) throws IOException {
        AudioFormat format = new AudioFormat(Encoding.valueOf(in.readUTF()), in.readInt(), in.readInt());
        int start = in.readInt();
        int end = in.readInt();
        boolean exact = in.readBoolean();
        int length = in.readInt();
        if (length < 0 || length > fileSize) {
            throw new IOException("damaged: a chunk of " + length + " bytes");
        }
        byte[] data = new byte[length];
        in.readFully(data);
        return new SpokenChunk(new AudioChunk(format, data), start, end, exact);
    }
}
