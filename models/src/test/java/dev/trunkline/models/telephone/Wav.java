package dev.trunkline.models.telephone;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** A recording of one channel, linear 16-bit. */
public record Wav(short[] samples, int rate) {

    public static Wav read(Path path) throws IOException {
        File file = path.toFile();
        try (AudioInputStream in = AudioSystem.getAudioInputStream(file)) {
            byte[] bytes = in.readAllBytes();
            short[] samples = new short[bytes.length / 2];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(samples);
            return new Wav(samples, (int) in.getFormat().getSampleRate());
        } catch (UnsupportedAudioFileException e) {
            throw new IOException("not a wav file: " + path, e);
        }
    }
}
