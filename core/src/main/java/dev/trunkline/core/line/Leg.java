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

    /** The name of the trunk that the call came by; empty if by none. Its agent answers when nobody has what was dialled. */
    default String trunk() {
        return "";
    }

    /** Whom the caller had dialled first, if the call was forwarded to us and the network tells; else empty. */
    default String forwardedFrom() {
        return "";
    }

    /** Sets who hears the leg's events. Must be called before {@link #ring}, {@link #answer}; events are kept until then. */
    void listen(LegListener listener);

    /** Says that it rings here. Inbound only. */
    void ring();

    /**
     * Opens our voice before the call is answered: what is played from now on is heard, as far as the far side's network lets
     * it. Inbound and not yet answered only; without effect on a channel that has no such thing.
     */
    default void openEarlyVoice() {}

    /** Takes the call; {@link LegEvent.Answered} follows when the far side has confirmed. Inbound only. */
    void answer();

    /** Refuses the call. Inbound and not yet answered only. */
    void reject(RejectCause cause, String detail);

    /** Ends the leg, in whatever state; {@link LegEvent.Ended} follows with the reason given here. */
    void hangUp(EndReason reason);

    /**
     * Puts the far side on hold: it hears what we play to it (music, a word, or silence), and we do not hear it. {@link
     * LegEvent.HoldTaken} or {@link LegEvent.HoldRefused} follows. Answered legs only; without effect on a channel that has no
     * such thing.
     */
    default void hold() {}

    /** Takes the far side back from {@link #hold}; {@link LegEvent.HoldEnded} or {@link LegEvent.HoldRefused} follows. */
    default void unhold() {}

    /** True if this channel can hand the far side on to somebody else without staying in the call. */
    default boolean canTransfer() {
        return false;
    }

    /**
     * Asks the far side to go to somebody else (blind transfer). {@link LegEvent.TransferProgress}s and then one of {@link
     * LegEvent.Transferred} and {@link LegEvent.TransferRefused} follow; after the first the leg ends by itself, after the
     * second the call goes on as before. Answered legs only, one transfer at a time.
     *
     * @param target whom, in the channel's form (a SIP URI)
     * @throws IllegalArgumentException if the target is malformed
     * @throws UnsupportedOperationException if the channel can't; see {@link #canTransfer}
     */
    default void transfer(String target) {
        throw new UnsupportedOperationException("no transfer on " + channel());
    }

    /**
     * Joins the far sides of two answered legs with each other, without us (attended transfer): this one's is asked to take the
     * place that we have in the consultation. Events as for {@link #transfer(String)}; on success both legs end by themselves.
     *
     * @param consultation another leg of the same channel
     * @throws IllegalArgumentException if the other is of another channel
     * @throws UnsupportedOperationException if the channel can't; see {@link #canTransfer}
     */
    default void transfer(Leg consultation) {
        throw new UnsupportedOperationException("no transfer on " + channel());
    }

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
