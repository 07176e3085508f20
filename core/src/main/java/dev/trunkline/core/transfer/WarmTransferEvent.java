package dev.trunkline.core.transfer;

import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.TransferFailure;

/** What becomes of a {@link WarmTransfer}. */
public sealed interface WarmTransferEvent {

    /** The person's telephone rings. */
    record PersonRings() implements WarmTransferEvent {}

    /**
     * The person has answered and hears whatever is played to their leg; the caller does not hear it.
     *
     * @param person the leg to speak on and to listen to
     */
    record PersonAnswered(Leg person) implements WarmTransferEvent {}

    /** Caller and person hear each other, through us. */
    record Joined() implements WarmTransferEvent {}

    /** Caller and person talk without us; the two legs end by themselves. */
    record HandedOver() implements WarmTransferEvent {}

    /** The two could not be joined without us, and nothing else was allowed; all is as before {@link WarmTransfer#join}. */
    record JoinRefused(TransferFailure failure, String detail) implements WarmTransferEvent {}

    /** The caller is alone with the agent again, and no longer on hold; the transfer is over. */
    record Returned(Why why, String detail) implements WarmTransferEvent {}

    /** The caller has gone; the transfer is over. */
    record CallerLeft() implements WarmTransferEvent {}

    /** Why the caller is back. */
    enum Why {
        /** {@link WarmTransfer#takeBack}: the person did not want the call. */
        TAKEN_BACK,
        /** The person refused the call, or was busy. */
        BUSY,
        NO_ANSWER,
        UNREACHABLE,
        /** The person hung up before they were joined. */
        PERSON_HUNG_UP,
        /** The person hung up after they had been joined. */
        PERSON_LEFT
    }
}
