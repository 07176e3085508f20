package dev.trunkline.caller.signalling;

import java.net.InetSocketAddress;

/** What happens to a call that was placed. */
public sealed interface CallProgress {

    /** The far telephone rings. */
    record Ringing() implements CallProgress {}

    /**
     * It was answered, and the answer is confirmed.
     *
     * @param remote where our sound goes
     * @param payloadType the codec agreed on
     * @param eventType the payload type of telephone events, or -1
     */
    record Answered(InetSocketAddress remote, int payloadType, int eventType) implements CallProgress {}

    /** It is over; nothing follows. */
    sealed interface Ended extends CallProgress {}

    /**
     * It was not answered.
     *
     * @param code the final SIP status; 408 if nothing came
     */
    record Refused(int code, String reason) implements Ended {}

    /** The answer made no sense. */
    record Failed(String message) implements Ended {}

    /**
     * An answered call has ended.
     *
     * @param remote whether the far side did it
     * @param reason in words, may be empty
     */
    record HungUp(boolean remote, String reason) implements Ended {}
}
