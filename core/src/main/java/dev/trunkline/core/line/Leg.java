package dev.trunkline.core.line;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;

/**
 * One telephone on a call: its signalling and its sound, on whatever channel. All methods may be called from any thread and
 * return at once; what comes of them is told by events. After {@link LegEvent.Ended} they do nothing.
 */
public interface Leg {

    /** The channel's own name for it (SIP: the Call-ID), for logs and for the live state. */
    String id();

    /** {@code sip}, {@code asterisk} ... */
    String channel();

    /** Who called whom. */
    CallDirection direction();

    /** The caller. */
    Party from();

    /** Who was dialled. */
    Party to();

    /** What was dialled, bare: the user part of the request URI, the number. Agents are found by it. */
    String dialled();

    /** Sets who hears the leg's events. Must be called before {@link #ring}, {@link #answer}; events are kept until then. */
    void listen(LegListener listener);

    /** Says that it rings here. Inbound only. */
    void ring();

    /** Takes the call; {@link LegEvent.Answered} follows when the far side has confirmed. Inbound only. */
    void answer();

    /** Refuses the call. Inbound and not yet answered only. */
    void reject(RejectCause cause, String detail);

    /** Ends the leg, in whatever state; {@link LegEvent.Ended} follows with the reason given here. */
    void hangUp(EndReason reason);

    /** The sound of it. */
    Voice voice();

    /** The synchronisation source of what we send, for the live state; 0 where the channel has none. */
    default long ssrc() {
        return 0;
    }

    /** How the sound of this leg fares; a snapshot. */
    default MediaQuality quality() {
        return MediaQuality.NONE;
    }
}
