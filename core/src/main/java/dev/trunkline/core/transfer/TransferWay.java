package dev.trunkline.core.transfer;

import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.TransferFailure;

/** How a caller gets to a person. */
public enum TransferWay {
    /** We call the person and stay in between: always possible, and the sound of both goes on through us. */
    BRIDGE,
    /** The caller's side is asked to go there, and the call leaves us; if it refuses, the caller stays with the agent. */
    HAND_OVER,
    /** The caller's side is asked, and where it can't the two are bridged. */
    AUTO;

    /** True if that leg's far side is to be asked. */
    public boolean asks(Leg caller) {
        return this != BRIDGE && caller.canTransfer();
    }

    /**
     * True if the two are to be bridged after the caller's side could not be handed over. Who was reached and is busy would be
     * busy for us as well.
     */
    public boolean bridgesAfter(TransferFailure failure) {
        return this == AUTO
                && switch (failure) {
                    case UNSUPPORTED, UNREACHABLE, FAILED -> true;
                    case BUSY, NO_ANSWER -> false;
                };
    }
}
