package dev.trunkline.telephony.sip.registration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a registration stands. Immutable.
 *
 * @param state what is being done about it
 * @param until when the registrar forgets us, null if it does not know us
 * @param failure the last failure since the last success, empty for none; no secrets
 * @param failures failures in a row
 * @param nextTry when we send REGISTER again, null if one is on its way or none will come
 */
public record RegistrationStatus(
        State state,
        @Nullable Instant until,
        String failure,
        int failures,
        @Nullable Instant nextTry) {

    /** What is being done about a registration. */
    public enum State {
        /** This peer knows us without. */
        NONE,
        /** The first REGISTER is on its way. */
        REGISTERING,
        /** The registrar knows where we are. */
        REGISTERED,
        /** It failed and will be tried again, soon and then less often. */
        RETRYING,
        /** The registrar does not want us: the password or the account is wrong. It is tried again every half hour. */
        REFUSED,
        /** Taken back: we are going down. */
        STOPPED
    }

    /** True if the registrar sends us calls at that moment, whatever has happened since. */
    public boolean isRegistered(Instant now) {
        return until != null && now.isBefore(until);
    }
}
