package dev.trunkline.core.line;

import java.time.Duration;

/** Places calls over a channel. */
public interface Dialer {

    /**
     * Calls somebody. Returns at once; the listener hears {@link LegEvent.Ringing}, {@link LegEvent.Answered} or {@link
     * LegEvent.Ended} with what became of it.
     *
     * @param target what to dial, in the channel's form (a SIP URI)
     * @param callerId who we say we are: the user part or number; empty for the channel's default
     * @param ringTimeout when to give up unanswered
     * @throws IllegalArgumentException if the target is malformed
     */
    Leg dial(String target, String callerId, Duration ringTimeout, LegListener listener);
}
