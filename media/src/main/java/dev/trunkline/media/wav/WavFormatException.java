package dev.trunkline.media.wav;

import java.io.IOException;

/** The file is no wave file, or one of a kind that isn't read; the message says which, in words for its owner. */
public final class WavFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** With the reason. */
    public WavFormatException(String message) {
        super(message);
    }
}
