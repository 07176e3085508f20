package dev.trunkline.media.vad;

import org.jspecify.annotations.Nullable;

/** A window of one stream on its way from a media thread to the voice-activity thread; a slot of a ring. */
final class VoiceWindow {

    final short[] samples;

    @Nullable
    VoiceStream stream;

    long endPosition;
    long arrivalNanos;

    VoiceWindow(int length) {
        samples = new short[length];
    }
}
