package dev.trunkline.caller.speech;

import dev.trunkline.models.mary.MaryVoice;
import dev.trunkline.models.mary.Utterance;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.SpokenChunk;
import java.io.ByteArrayOutputStream;

/** The local voice as the caller's mouth. Thread-safe; speaks on the calling thread. */
public final class LocalVoice implements CallerVoice {

    private final MaryVoice voice;

    private LocalVoice(MaryVoice voice) {
        this.voice = voice;
    }

    /** Loads it; takes one to two seconds. */
    public static LocalVoice load() {
        return new LocalVoice(MaryVoice.load());
    }

    @Override
    public AudioChunk say(String text) {
        Utterance utterance = voice.utter(text, false);
        ByteArrayOutputStream sound = new ByteArrayOutputStream();
        while (utterance.hasNext()) {
            for (SpokenChunk chunk : utterance.next()) {
                sound.writeBytes(chunk.audio().data());
            }
        }
        return new AudioChunk(voice.format(), sound.toByteArray());
    }
}
