package dev.trunkline.telephony.leg;

import dev.trunkline.core.line.LegEvent;
import dev.trunkline.media.engine.MediaEvent;
import org.jspecify.annotations.Nullable;

/** Says in the words of a leg what its media session tells. */
public final class MediaTold {

    private MediaTold() {}

    /** The leg's event; null for what needs a decision of the leg (digits, time-out, failure) or concerns nobody. */
    public static @Nullable LegEvent of(MediaEvent event) {
        return switch (event) {
            case MediaEvent.FirstPacket first -> new LegEvent.MediaStarted(first.nanoTime());
            case MediaEvent.SpeechStarted started ->
                new LegEvent.SpeechStarted(started.nanoTime(), started.streamMillis());
            case MediaEvent.SpeechStopped stopped ->
                new LegEvent.SpeechStopped(stopped.nanoTime(), stopped.streamMillis(), stopped.lastSpeechNanoTime());
            case MediaEvent.PlaybackStarted started ->
                new LegEvent.PlaybackStarted(started.nanoTime(), started.generation());
            case MediaEvent.PlaybackHeld held ->
                new LegEvent.PlaybackHeld(held.nanoTime(), MediaVoice.position(held.position()));
            case MediaEvent.PlaybackFinished finished ->
                new LegEvent.PlaybackFinished(finished.nanoTime(), MediaVoice.position(finished.position()));
            default -> null;
        };
    }
}
