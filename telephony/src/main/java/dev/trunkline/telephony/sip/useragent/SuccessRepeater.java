package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transaction.InviteServerTransaction;
import dev.trunkline.telephony.sip.transaction.SipTimers;
import dev.trunkline.telephony.sip.transport.SipCounters;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.transport.SipScheduler;
import dev.trunkline.telephony.sip.transport.SipScheduler.Timer;

/**
 * Repeats our 2xx to an INVITE until its ACK comes (RFC 3261, 13.3.1.4): after T1, doubling up to T2, over reliable
 * transports too; after 64 T1 without an ACK it says so.
 */
final class SuccessRepeater {

    private final SipScheduler scheduler;
    private final SipTimers timers;
    private final SipCounters counters;
    private final InviteServerTransaction transaction;
    private final SipResponse success;
    private final boolean offering;
    private final Timer deadline;
    private Timer next;
    private long interval;

    SuccessRepeater(
            SipScheduler scheduler,
            SipTimers timers,
            SipCounters counters,
            InviteServerTransaction transaction,
            SipResponse success,
            boolean offering,
            Runnable onNoAck) {
        this.scheduler = scheduler;
        this.timers = timers;
        this.counters = counters;
        this.transaction = transaction;
        this.success = success;
        this.offering = offering;
        this.interval = timers.t1();
        this.deadline = scheduler.after(timers.giveUp(), () -> {
            stop();
            onNoAck.run();
        });
        transaction.respond(success);
        this.next = scheduler.after(interval, this::repeat);
    }

    private void repeat() {
        counters.count(Event.RETRANSMITTED);
        transaction.respond(success);
        interval = Math.min(interval * 2, timers.t2());
        next = scheduler.after(interval, this::repeat);
    }

    /** True if the 2xx carries our offer, so that the ACK must carry the answer. */
    boolean isOffering() {
        return offering;
    }

    void stop() {
        next.cancel();
        deadline.cancel();
    }
}
