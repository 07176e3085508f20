package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.Dialog;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Our digits by INFO, one at a time: datagrams may overtake each other, and digits out of order are another number. */
final class DigitSender implements ClientListener {

    private final CallSession call;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private boolean pending;

    DigitSender(CallSession call) {
        this.call = call;
    }

    void send(char digit, Duration duration) {
        waiting.add(InfoDigits.body(digit, duration));
        if (!pending) {
            next();
        }
    }

    private void next() {
        Dialog current = call.dialog();
        byte[] body = waiting.poll();
        pending = body != null && current != null && !call.isEnded() && call.isAnswered();
        if (!pending || body == null || current == null) {
            return;
        }
        SipRequest info = current.request(SipMethod.INFO);
        info.body(InfoDigits.RELAY, body);
        call.agent.send(current, info, this);
    }

    @Override
    public void onResponse(SipResponse response) {
        if (response.status() == 481) {
            call.lost(CallCause.sip(481, response.reason()));
        }
        if (!response.isProvisional()) {
            next();
        }
    }

    @Override
    public void onNoResponse(Failure failure) {
        call.lost(CallCause.sip(408, "no answer to INFO"));
    }
}
