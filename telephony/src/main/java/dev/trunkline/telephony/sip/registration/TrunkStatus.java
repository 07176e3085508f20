package dev.trunkline.telephony.sip.registration;

import java.time.Instant;

/**
 * How a trunk is. Immutable.
 *
 * @param name as configured
 * @param registration how the registration stands
 * @param peer whether it answers
 * @param registrar whom we register with, for people
 */
public record TrunkStatus(String name, RegistrationStatus registration, PeerStatus peer, String registrar) {

    /** True if calls can come and go by it. */
    public boolean isUp(Instant now) {
        boolean registered = registration.state() == RegistrationStatus.State.NONE || registration.isRegistered(now);
        return registered && peer != PeerStatus.DOWN;
    }
}
