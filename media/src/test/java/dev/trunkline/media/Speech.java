package dev.trunkline.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** A sentence of 8 kHz speech for tests, about 2.5 s, made with flite's voice rms; no silence around it. */
public final class Speech {

    private static final int WAV_HEADER = 44;

    private Speech() {}

    public static short[] sentence() {
        try (InputStream in = Objects.requireNonNull(Speech.class.getResourceAsStream("sentence.wav"))) {
            byte[] file = in.readAllBytes();
            short[] samples = new short[(file.length - WAV_HEADER) / 2];
            ByteBuffer.wrap(file, WAV_HEADER, samples.length * 2)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(samples);
            return samples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
