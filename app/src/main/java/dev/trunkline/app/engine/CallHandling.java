package dev.trunkline.app.engine;

import dev.trunkline.app.config.CallRules;
import dev.trunkline.core.transfer.TransferWay;
import dev.trunkline.telephony.sip.TransferPolicy;
import dev.trunkline.telephony.sip.useragent.SessionTimerSettings;
import dev.trunkline.telephony.sip.useragent.SipSettings;

/** The settings of how calls are handled, in the words of those who handle them. */
final class CallHandling {

    private CallHandling() {}

    static SipSettings timed(SipSettings settings, CallRules rules) {
        return settings.withSessionTimer(new SessionTimerSettings(rules.sessionInterval()));
    }

    static TransferPolicy policy(CallRules rules) {
        return TransferPolicy.to(rules.referTargets());
    }

    static TransferWay way(CallRules rules) {
        return switch (rules.transfer()) {
            case BRIDGE -> TransferWay.BRIDGE;
            case REFER -> TransferWay.HAND_OVER;
            case AUTO -> TransferWay.AUTO;
        };
    }
}
