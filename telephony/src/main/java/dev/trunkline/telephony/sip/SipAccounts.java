package dev.trunkline.telephony.sip;

import dev.trunkline.telephony.sip.registration.TrunkSettings;
import dev.trunkline.telephony.sip.registration.TrunkTimers;
import dev.trunkline.telephony.sip.sdp.SrtpPolicy;
import java.util.List;
import java.util.Map;

/**
 * Whose account we have, who has one with us, and whether the sound is protected. Immutable.
 *
 * @param trunks in order of preference for calls that we place
 * @param timers how patient we are with them; {@link TrunkTimers#STANDARD} but in tests
 * @param users passwords of callers by user; if there are any, every caller has to be one of them, or a trunk
 * @param srtp whether the sound is protected
 */
public record SipAccounts(List<TrunkSettings> trunks, TrunkTimers timers, Map<String, String> users, SrtpPolicy srtp) {

    /** No trunks, everybody may call, and sound is protected where a peer offers that. */
    public static final SipAccounts NONE =
            new SipAccounts(List.of(), TrunkTimers.STANDARD, Map.of(), SrtpPolicy.OPTIONAL);

    public SipAccounts {
        trunks = List.copyOf(trunks);
        users = Map.copyOf(users);
    }

    /** These trunks, and everybody may call. */
    public static SipAccounts of(TrunkSettings... trunks) {
        return new SipAccounts(List.of(trunks), TrunkTimers.STANDARD, Map.of(), SrtpPolicy.OPTIONAL);
    }

    /** With these users. */
    public SipAccounts withUsers(Map<String, String> passwords) {
        return new SipAccounts(trunks, timers, passwords, srtp);
    }

    /** With that patience. */
    public SipAccounts withTimers(TrunkTimers other) {
        return new SipAccounts(trunks, other, users, srtp);
    }

    /** With that protection of the sound. */
    public SipAccounts withSrtp(SrtpPolicy policy) {
        return new SipAccounts(trunks, timers, users, policy);
    }

    /** Never the passwords. */
    @Override
    public String toString() {
        return "SipAccounts[trunks=" + trunks + ", users=" + users.keySet() + ", srtp=" + srtp + "]";
    }
}
