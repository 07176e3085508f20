package dev.trunkline.caller.sound;

import dev.trunkline.media.resample.AudioConverter;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import java.io.ByteArrayOutputStream;

/** Any sound as a telephone has it: linear, 8 kHz, one channel. Stateless. */
public final class TelephoneSound {

    private TelephoneSound() {}

    /** The samples; channels are mixed. */
    public static short[] of(AudioChunk sound) {
        return converted(sound, AudioFormat.PCM_8K).toPcm();
    }

    /** The whole sound in another format. */
    public static AudioChunk converted(AudioChunk sound, AudioFormat to) {
        if (sound.format().equals(to)) {
            return sound;
        }
        AudioConverter converter = new AudioConverter(sound.format(), to);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(converter.convert(sound).data());
        out.writeBytes(converter.flush().data());
        return new AudioChunk(to, out.toByteArray());
    }
}
