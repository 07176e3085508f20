package dev.trunkline.core.speech;

import dev.trunkline.core.call.CallId;
import dev.trunkline.sound.AudioFormat;
import java.util.List;

/**
 * What to recognise.
 *
 * @param call whose sound it is
 * @param format the format in which {@link Transcription#hear} will bring it, one of {@link SpeechToText#accepts()}
 * @param language BCP 47 tag, such as {@code en} or {@code de-DE}
 * @param hints words and names likely to be said; may be empty
 */
public record TranscriptionRequest(CallId call, AudioFormat format, String language, List<String> hints) {
    public TranscriptionRequest {
        hints = List.copyOf(hints);
    }
}
