package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transaction.InviteServerTransaction;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The 2xx of one call that wait for their ACK, by sequence number. */
final class Confirmations {

    private final UserAgent agent;
    private final Map<Long, SuccessRepeater> unconfirmed = new HashMap<>();

    Confirmations(UserAgent agent) {
        this.agent = agent;
    }

    /** Sends a 2xx to an INVITE and repeats it until the ACK. */
    void succeed(InviteServerTransaction transaction, SipResponse success, boolean offering, Runnable onNoAck) {
        long sequence = transaction.request().cseq().number();
        unconfirmed.put(
                sequence,
                new SuccessRepeater(
                        agent.scheduler(),
                        agent.settings().timers(),
                        agent.counters(),
                        transaction,
                        agent.completed(success),
                        offering,
                        () -> {
                            unconfirmed.remove(sequence);
                            onNoAck.run();
                        }));
    }

    /** The ACK of that INVITE has come; null if nothing has waited for it. */
    @Nullable
    SuccessRepeater confirm(long sequence) {
        SuccessRepeater repeater = unconfirmed.remove(sequence);
        if (repeater != null) {
            repeater.stop();
        }
        return repeater;
    }

    boolean isEmpty() {
        return unconfirmed.isEmpty();
    }

    /** True if a 2xx with an offer of ours still waits for the answer. */
    boolean awaitAnswer() {
        return unconfirmed.values().stream().anyMatch(SuccessRepeater::isOffering);
    }

    void stop() {
        unconfirmed.values().forEach(SuccessRepeater::stop);
        unconfirmed.clear();
    }
}
