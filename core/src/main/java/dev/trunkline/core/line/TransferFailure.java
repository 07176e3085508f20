package dev.trunkline.core.line;

/** Why a transfer did not come about. */
public enum TransferFailure {
    /** The far side or its network does no transfers: a second leg and a bridge are the way. */
    UNSUPPORTED,
    /** Who was to be reached is busy or does not want the call. */
    BUSY,
    /** Nobody answered there. */
    NO_ANSWER,
    /** There is nobody of that name, or no way to them. */
    UNREACHABLE,
    /** Nothing was heard of it for too long, or another transfer or the end of the call came between. */
    FAILED
}
