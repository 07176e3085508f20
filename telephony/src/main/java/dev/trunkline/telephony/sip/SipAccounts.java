package dev.trunkline.telephony.sip;

import dev.trunkline.telephony.sip.registration.TrunkSettings;
import dev.trunkline.telephony.sip.registration.TrunkTimers;
import java.util.List;
import java.util.Map;

/**
 * Whose account we have, and who has one with us. Immutable.
 *
 * @param trunks in order of preference for calls that we place
 * @param timers how patient we are with them; {@link TrunkTimers#STANDARD} but in tests
 * @param users passwords of callers by user; if there are any, every caller has to be one of them, or a trunk
 */
public record SipAccounts(List<TrunkSettings> trunks, TrunkTimers timers, Map<String, String> users) {

    /** No trunks, and everybody may call. */
    public static final SipAccounts NONE = new SipAccounts(List.of(), TrunkTimers.STANDARD, Map.of());

    public SipAccounts {
        trunks = List.copyOf(trunks);
        users = Map.copyOf(users);
    }

    /** These trunks, and everybody may call. */
    public static SipAccounts of(TrunkSettings... trunks) {
        return new SipAccounts(List.of(trunks), TrunkTimers.STANDARD, Map.of());
    }

    /** With these users. */
    public SipAccounts withUsers(Map<String, String> passwords) {
        return new SipAccounts(trunks, timers, passwords);
    }

    /** With that patience. */
    public SipAccounts withTimers(TrunkTimers other) {
        return new SipAccounts(trunks, other, users);
    }

    /** Never the passwords. */
    @Override
    public String toString() {
        return "SipAccounts[trunks=" + trunks + ", users=" + users.keySet() + "]";
    }
}
