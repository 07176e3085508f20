package dev.trunkline.app.engine;

import dev.trunkline.core.conversation.SoundConverter;
import dev.trunkline.core.line.Hearing;
import dev.trunkline.core.speech.Transcription;
import dev.trunkline.media.resample.AudioConverter;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;

/** Lends the conversation the codecs and resamplers of the media room. */
final class MediaSoundConverter implements SoundConverter {

    @Override
    public Stream open(AudioFormat from, AudioFormat to) {
        AudioConverter converter = new AudioConverter(from, to);
        return new Stream() {
            @Override
            public AudioChunk convert(AudioChunk chunk) {
                return converter.convert(chunk);
            }

            @Override
            public AudioChunk flush() {
                return converter.flush();
            }
        };
    }

    @Override
    public Hearing into(AudioFormat from, Transcription transcription, AudioFormat wanted) {
        return new FramesIntoWords(from, transcription, wanted);
    }

    /** Linear frames, converted in buffers that are used again; on one media thread. */
    private static final class FramesIntoWords implements Hearing {

        private final Transcription transcription;
        private final AudioConverter converter;
        private byte[] bytes = new byte[0];
        private byte[] converted = new byte[0];

        FramesIntoWords(AudioFormat from, Transcription transcription, AudioFormat wanted) {
            this.transcription = transcription;
            // the samples of a hearing are linear, whatever the leg carries
            this.converter = new AudioConverter(AudioFormat.pcm(from.sampleRate()), wanted);
        }

        @Override
        public void frame(short[] samples, int offset, int length, long streamMillis) {
            int size = 2 * length;
            if (bytes.length < size) {
                // the first frame only: all are of one size
                bytes = new byte[size];
                converted = new byte[converter.maxOutput(size)];
            }
            for (int i = 0; i < length; i++) {
                short sample = samples[offset + i];
                bytes[2 * i] = (byte) sample;
                bytes[2 * i + 1] = (byte) (sample >> 8);
            }
            int written = converter.convert(bytes, 0, size, converted, 0);
            if (written > 0) {
                transcription.hear(converted, 0, written, streamMillis);
            }
        }
    }
}
