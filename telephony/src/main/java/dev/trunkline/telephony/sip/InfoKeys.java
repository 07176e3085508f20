package dev.trunkline.telephony.sip;

import dev.trunkline.telephony.leg.SignalledDigits;
import dev.trunkline.telephony.sip.useragent.SipCall;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keys by INFO, in whatever call is under a leg. */
final class InfoKeys implements SignalledDigits {

    private static final Duration LENGTH = Duration.ofMillis(160);

    private final Supplier<@Nullable SipCall> call;

    InfoKeys(Supplier<@Nullable SipCall> call) {
        this.call = call;
    }

    @Override
    public boolean possible() {
        return true;
    }

    @Override
    public boolean taken() {
        SipCall current = call.get();
        return current != null && current.takesInfo();
    }

    @Override
    public void send(String keys) {
        SipCall current = call.get();
        for (int i = 0; current != null && i < keys.length(); i++) {
            current.sendInfoDigit(keys.charAt(i), LENGTH);
        }
    }
}
