package dev.trunkline.core.call;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a call stands, on every channel alike. The table below is the only place that says what may follow what. */
public enum CallState {
    /** We are calling somebody; nothing has been heard of them yet. */
    DIALING,
    /** A telephone rings: theirs, or ours. */
    RINGING,
    /** Accepted; media and models are being joined. */
    CONNECTING,
    /** Sound flows both ways; we listen. */
    STREAMING,
    /** The caller has finished; the agent thinks. */
    PROCESSING,
    /** The agent's voice is on the line. */
    SPEAKING,
    /** The far side has put us on hold. */
    HELD,
    /** The caller is being connected to somebody else, or talks to them. */
    TRANSFERRING,
    /** Over. Nothing follows. */
    ENDED;

    private static final Map<CallState, Set<CallState>> FOLLOWING = new EnumMap<>(CallState.class);

    static {
        FOLLOWING.put(DIALING, EnumSet.of(RINGING, CONNECTING, ENDED));
        FOLLOWING.put(RINGING, EnumSet.of(CONNECTING, ENDED));
        FOLLOWING.put(CONNECTING, EnumSet.of(STREAMING, ENDED));
        FOLLOWING.put(STREAMING, EnumSet.of(PROCESSING, SPEAKING, HELD, TRANSFERRING, ENDED));
        FOLLOWING.put(PROCESSING, EnumSet.of(STREAMING, SPEAKING, HELD, TRANSFERRING, ENDED));
        FOLLOWING.put(SPEAKING, EnumSet.of(STREAMING, PROCESSING, HELD, TRANSFERRING, ENDED));
        FOLLOWING.put(HELD, EnumSet.of(STREAMING, PROCESSING, SPEAKING, TRANSFERRING, ENDED));
        FOLLOWING.put(TRANSFERRING, EnumSet.of(STREAMING, PROCESSING, SPEAKING, HELD, ENDED));
        FOLLOWING.put(ENDED, EnumSet.noneOf(CallState.class));
    }

    /** Whether a call may go from this state to that one. A state never follows itself. */
    public boolean canBecome(CallState next) {
        return FOLLOWING.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether sound flows in this state. */
    public boolean isLive() {
        return this != DIALING && this != RINGING && this != CONNECTING && this != ENDED;
    }
}
