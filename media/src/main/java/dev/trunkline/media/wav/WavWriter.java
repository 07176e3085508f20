package dev.trunkline.media.wav;

import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.Encoding;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Writes a wave file while the sound comes in. Until it is closed the header says "as far as it goes", so that the file
 * of a process that was killed can be read too; closing writes the true sizes. For one thread.
 */
public final class WavWriter implements Closeable {

    private static final int BUFFER = 1 << 16;
    private static final long MAX_DATA = 0xFFFFFFFFL - 1_024;

    private final AudioFormat format;
    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long dataBytes;
    private boolean closed;

    /**
     * Begins a file, replacing one that is there.
     *
     * @throws IOException if it can't be written
     */
    public WavWriter(Path path, AudioFormat format) throws IOException {
        this.format = Objects.requireNonNull(format, "format");
        file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            buffer.put(WavFile.header(format, -1));
            drain();
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Adds sound.
     *
     * @throws IllegalArgumentException if it has another format than the file
     * @throws IOException if it can't be written, or the file would exceed the 4 GB of its kind
     */
    public void write(AudioChunk sound) throws IOException {
        if (!sound.format().equals(format)) {
            throw new IllegalArgumentException("the file is " + format + ", the sound " + sound.format());
        }
        write(sound.data(), 0, sound.data().length);
    }

    /**
     * Adds bytes of the file's format.
     *
     * @throws IOException as above
     */
    public void write(byte[] data, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, data.length);
        if (dataBytes + len > MAX_DATA) {
            throw new IOException("a wave file can't hold more than 4 GB");
        }
        for (int done = 0; done < len; ) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int piece = Math.min(len - done, buffer.remaining());
            buffer.put(data, off + done, piece);
            done += piece;
        }
        dataBytes += len;
    }

    /**
     * Adds linear samples, for a file of linear 16-bit samples.
     *
     * @throws IOException as above
     */
    public void write(short[] pcm, int off, int samples) throws IOException {
        Objects.checkFromIndexSize(off, samples, pcm.length);
        if (format.encoding() != Encoding.PCM16) {
            throw new IllegalArgumentException("the file is " + format + ", not linear");
        }
        if (dataBytes + 2L * samples > MAX_DATA) {
            throw new IOException("a wave file can't hold more than 4 GB");
        }
        for (int i = off; i < off + samples; i++) {
            if (buffer.remaining() < 2) {
                drain();
            }
            buffer.put((byte) pcm[i]).put((byte) (pcm[i] >> 8));
        }
        dataBytes += 2L * samples;
    }

    /** Bytes of sound so far. */
    public long dataBytes() {
        return dataBytes;
    }

    /** Completes the header and closes the file; further calls do nothing. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            if (dataBytes % 2 != 0) {
                if (!buffer.hasRemaining()) {
                    drain();
                }
                buffer.put((byte) 0);
            }
            drain();
            ByteBuffer header = ByteBuffer.wrap(WavFile.header(format, dataBytes));
            for (long at = 0; header.hasRemaining(); ) {
                at += file.write(header, at);
            }
        }
    }

    private void drain() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }
}
