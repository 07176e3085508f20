package dev.trunkline.media.wav;

import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.Encoding;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads wave files whole: linear of 8, 16, 24 and 32 bits, float of 32 and 64 bits, mu-law and A-law, any rate up to 192
 * kHz and up to 16 channels, also under the extensible header. Other chunks are skipped; a file that ends early, or one
 * that was written as a stream (sizes of 0 or 0xFFFFFFFF), is read as far as it goes. Everything linear or float becomes
 * 16 bits, loudness kept.
 */
public final class WavFile {

    /** More sound than this in one file is refused, so that a file can't fill the memory. */
    public static final int MAX_DATA_BYTES = 256 << 20;

    private static final long STREAMED = 0xFFFFFFFFL;
    private static final int MAX_FMT = 1 << 16;

    private WavFile() {}

    /**
     * Reads a file.
     *
     * @return the whole sound; linear files as {@link Encoding#PCM16}
     * @throws WavFormatException if it is no wave file that can be read; the message names the file
     * @throws IOException if reading fails
     */
    public static AudioChunk read(Path path) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            return read(in);
        } catch (WavFormatException e) {
            throw new WavFormatException(path + ": " + e.getMessage());
        }
    }

    /** Reads bytes that were a file, see {@link #read(Path)}. */
    public static AudioChunk read(byte[] bytes) throws WavFormatException {
        try {
            return read(new ByteArrayInputStream(bytes));
        } catch (WavFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new AssertionError("memory doesn't fail", e);
        }
    }

    /** Reads to the end of the stream or of its sound, see {@link #read(Path)}; the caller closes. */
    public static AudioChunk read(InputStream in) throws IOException {
        byte[] head = in.readNBytes(12);
        if (head.length < 12) {
            throw new WavFormatException(
                    head.length == 0 ? "the file is empty" : "not a wave file: only " + head.length + " bytes");
        }
        String riff = text(head, 0);
        if (riff.equals("RIFX") || riff.equals("RF64")) {
            throw new WavFormatException(riff + " files are not read, only RIFF");
        }
        if (!riff.equals("RIFF") || !text(head, 8).equals("WAVE")) {
            throw new WavFormatException("not a wave file: it doesn't begin with RIFF and WAVE");
        }
        long riffSize = unsigned(head, 4, 4);
        long position = 12;
        WavFormat format = null;
        while (true) {
            byte[] chunk = in.readNBytes(8);
            if (chunk.length < 8) {
                throw new WavFormatException(
                        format == null ? "it has no format (fmt) chunk" : "it has no sound (data) chunk");
            }
            position += 8;
            long size = unsigned(chunk, 4, 4);
            switch (text(chunk, 0)) {
                case "fmt " -> {
                    if (size > MAX_FMT) {
                        throw new WavFormatException("its format chunk claims " + size + " bytes");
                    }
                    format = WavFormat.parse(in.readNBytes((int) size));
                    position += size + skipPadding(in, size);
                }
                case "data" -> {
                    if (format == null) {
                        throw new WavFormatException("its sound comes before its format");
                    }
                    boolean streamed = size == STREAMED
                            || (size == 0 && (riffSize == 0 || riffSize == STREAMED || riffSize <= position - 8));
                    return format.toChunk(readSound(in, streamed ? STREAMED : size, format));
                }
                default -> {
                    skip(in, size);
                    position += size + skipPadding(in, size);
                }
            }
        }
    }

    private static byte[] readSound(InputStream in, long size, WavFormat format) throws IOException {
        byte[] data = in.readNBytes((int) Math.min(size, MAX_DATA_BYTES + 1));
        if (data.length > MAX_DATA_BYTES) {
            throw new WavFormatException("it holds more than " + (MAX_DATA_BYTES >> 20) + " MB of sound");
        }
        int whole = data.length - data.length % format.blockAlign();
        return whole == data.length ? data : Arrays.copyOf(data, whole);
    }

    private static void skip(InputStream in, long size) throws IOException {
        for (long left = size; left > 0; ) {
            long skipped = in.skip(left);
            if (skipped <= 0) {
                if (in.read() < 0) {
                    return;
                }
                skipped = 1;
            }
            left -= skipped;
        }
    }

    private static int skipPadding(InputStream in, long size) throws IOException {
        if (size % 2 == 0) {
            return 0;
        }
        skip(in, 1);
        return 1;
    }

    private static String text(byte[] bytes, int off) {
        return new String(bytes, off, 4, StandardCharsets.ISO_8859_1);
    }

    static long unsigned(byte[] bytes, int off, int width) {
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | (bytes[off + i] & 0xFF);
        }
        return value;
    }

    /**
     * Writes a whole sound as a file, replacing one that is there.
     *
     * @throws IOException if writing fails
     */
    public static void write(Path path, AudioChunk sound) throws IOException {
        try (WavWriter writer = new WavWriter(path, sound.format())) {
            writer.write(sound);
        }
    }

    /** The header of a file that is still being written or that ends with the stream. */
    static byte[] header(AudioFormat format, long dataBytes) {
        boolean linear = format.encoding() == Encoding.PCM16;
        int fmtSize = linear ? 16 : 18;
        int factSize = linear ? 0 : 12;
        byte[] header = new byte[12 + 8 + fmtSize + factSize + 8];
        boolean open = dataBytes < 0;
        put(header, 0, "RIFF");
        put(header, 4, open ? STREAMED : header.length - 8 + dataBytes + dataBytes % 2, 4);
        put(header, 8, "WAVE");
        put(header, 12, "fmt ");
        put(header, 16, fmtSize, 4);
        put(header, 20, WavFormat.tag(format.encoding()), 2);
        put(header, 22, format.channels(), 2);
        put(header, 24, format.sampleRate(), 4);
        put(header, 28, (long) format.sampleRate() * format.bytesPerFrame(), 4);
        put(header, 32, format.bytesPerFrame(), 2);
        put(header, 34, format.encoding().bytesPerSample() * 8L, 2);
        int at = 20 + fmtSize;
        if (!linear) {
            put(header, at, "fact");
            put(header, at + 4, 4, 4);
            put(header, at + 8, open ? STREAMED : dataBytes / format.bytesPerFrame(), 4);
            at += factSize;
        }
        put(header, at, "data");
        put(header, at + 4, open ? STREAMED : dataBytes, 4);
        return header;
    }

    private static void put(byte[] bytes, int off, String text) {
        for (int i = 0; i < 4; i++) {
            bytes[off + i] = (byte) text.charAt(i);
        }
    }

    private static void put(byte[] bytes, int off, long value, int width) {
        for (int i = 0; i < width; i++) {
            bytes[off + i] = (byte) (value >> (8 * i));
        }
    }
}
