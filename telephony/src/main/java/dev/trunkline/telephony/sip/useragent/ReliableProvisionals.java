package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transaction.InviteServerTransaction;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.transport.SipScheduler.Timer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The provisional answers to one INVITE that must not get lost (RFC 3262, 3): each is repeated from T1 on, doubling, until its
 * PRACK; the next waits for that; after 64 T1 without a PRACK it says so.
 */
final class ReliableProvisionals {

    private record Waiting(SipResponse response, boolean described) {}

    private final UserAgent agent;
    private final InviteServerTransaction transaction;
    private final Runnable onNoPrack;
    private final String invite;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private @Nullable Waiting current;
    private long sequence;
    private long interval;
    private @Nullable Timer repeat;
    private @Nullable Timer deadline;

    ReliableProvisionals(UserAgent agent, InviteServerTransaction transaction, Runnable onNoPrack) {
        this.agent = agent;
        this.transaction = transaction;
        this.onNoPrack = onNoPrack;
        this.invite = transaction.request().cseq().toString();
        this.sequence = agent.identifiers().between(1, 1_000_000);
    }

    /**
     * Sends it now, or when the one before has been confirmed.
     *
     * @param described whether it carries a session description
     */
    void send(SipResponse response, boolean described) {
        queue.add(new Waiting(response, described));
        if (current == null) {
            next();
        }
    }

    private void next() {
        Waiting waiting = queue.poll();
        current = waiting;
        if (waiting == null) {
            return;
        }
        sequence++;
        waiting.response()
                .headers()
                .add(HeaderName.REQUIRE, Extensions.RELIABLE)
                .add(HeaderName.RSEQ, Long.toString(sequence));
        interval = agent.settings().timers().t1();
        transaction.respond(waiting.response());
        repeat = agent.scheduler().after(interval, this::repeat);
        deadline = agent.scheduler().after(agent.settings().timers().giveUp(), () -> {
            stop();
            onNoPrack.run();
        });
    }

    private void repeat() {
        Waiting waiting = current;
        if (waiting != null) {
            agent.counters().count(Event.RETRANSMITTED);
            transaction.respond(waiting.response());
            interval *= 2;
            repeat = agent.scheduler().after(interval, this::repeat);
        }
    }

    /** True while a description that we have sent is not confirmed: the 2xx has to wait for that (RFC 3262, 3). */
    boolean awaitsDescription() {
        Waiting waiting = current;
        return waiting != null && waiting.described() || queue.stream().anyMatch(Waiting::described);
    }

    /**
     * Takes a PRACK.
     *
     * @return false if it is not for what waits: to be answered with 481
     */
    boolean confirm(SipRequest prack) {
        String value = prack.header(HeaderName.RACK);
        String expected = sequence + " " + invite;
        if (current == null
                || value == null
                || !value.strip().replaceAll("\\s+", " ").equals(expected)) {
            return false;
        }
        stopRepeating();
        current = null;
        return true;
    }

    /** Sends what has waited for the confirmation. */
    void proceed() {
        if (current == null) {
            next();
        }
    }

    private void stopRepeating() {
        if (repeat != null) {
            repeat.cancel();
            repeat = null;
        }
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }

    /** The INVITE is answered: nothing is repeated any more, and a PRACK that is still on its way is taken. */
    void answered() {
        stopRepeating();
        queue.clear();
    }

    /** The INVITE is over. */
    void stop() {
        stopRepeating();
        queue.clear();
        current = null;
    }
}
