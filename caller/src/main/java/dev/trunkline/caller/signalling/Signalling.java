package dev.trunkline.caller.signalling;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/** Rings telephones. Thread-safe; many calls at once. */
public interface Signalling extends AutoCloseable {

    /**
     * Calls somebody. Returns at once; the listener is called on the signalling's thread and must not block, its last event
     * is a {@link CallProgress.Ended}.
     *
     * @param target a SIP URI
     * @param offer the sound that we can do
     * @throws IllegalArgumentException if the target is malformed
     */
    Attempt call(String target, Offer offer, Consumer<CallProgress> listener);

    /** The address on which our sound is to be received, for that target. */
    InetAddress localAddressFor(String target) throws IOException;

    /** Ends all calls. */
    @Override
    void close();

    /**
     * The sound that we can do.
     *
     * @param port our RTP port
     * @param payloadTypes payload types of {@code OfferedCodecs}, the best first
     */
    record Offer(int port, List<Integer> payloadTypes) {
        public Offer {
            payloadTypes = List.copyOf(payloadTypes);
        }
    }

    /** A call that was placed. Methods may be called from any thread, and do nothing when it is over. */
    interface Attempt {

        /** The SIP Call-ID. */
        String callId();

        /** Hangs up, or gives up if it is not answered yet. */
        void hangUp();

        /** Sends a key by INFO. */
        void infoKey(char digit);
    }
}
