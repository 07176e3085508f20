package dev.trunkline.telephony.rtp;

import dev.trunkline.core.line.RejectCause;

/** No endpoint can be reserved; the cause is that with which the call would be refused. */
public final class ReservationRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RejectCause rejectCause;

    /** With words for whoever asked. */
    public ReservationRefusedException(RejectCause rejectCause, String message) {
        super(message, null, false, false);
        this.rejectCause = rejectCause;
    }

    /** Why. */
    public RejectCause rejectCause() {
        return rejectCause;
    }
}
