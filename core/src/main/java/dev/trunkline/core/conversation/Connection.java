package dev.trunkline.core.conversation;

import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.Dialer;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.scenario.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A caller being connected to a person. Either the caller's side is asked to go there, and the call leaves us; or the person is
 * called while the caller waits, then the two hear each other until one hangs up. Conversation's thread.
 */
final class Connection {

    /** What it tells. */
    interface Switchboard {

        /** The person has answered; the two hear each other. */
        void bridged();

        /** It did not come about, or is over; the caller is alone again. */
        void caller(Outcome outcome);

        void trouble(String message);
    }

    private static final Duration RING = Duration.ofSeconds(25);

    private final CallInfo call;
    private final Leg caller;
    private final Dialer dialer;
    private final ConversationParts parts;
    private final Mailbox mailbox;
    private final Switchboard switchboard;

    private @Nullable Leg person;
    private String target = "";
    private boolean asking;
    private boolean handedOver;
    private boolean bridged;
    private boolean over;

    Connection(CallInfo call, Leg caller, ConversationParts parts, Mailbox mailbox, Switchboard switchboard) {
        this.call = call;
        this.caller = caller;
        this.dialer = parts.dialer();
        this.parts = parts;
        this.mailbox = mailbox;
        this.switchboard = switchboard;
    }

    /** Whether the two hear each other, through us or without us. */
    boolean isConnected() {
        return bridged || handedOver;
    }

    /** Gets the caller to the person. */
    void begin(String number) {
        target = number;
        if (number.isBlank()) {
            fail(Outcome.Reason.UNREACHABLE);
        } else if (parts.transfers().asks(caller)) {
            ask();
        } else {
            dial();
        }
    }

    private void ask() {
        try {
            asking = true;
            caller.transfer(target);
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            asking = false;
            switchboard.trouble("can't hand over to " + target + ": " + e.getMessage());
            fail(Outcome.Reason.UNREACHABLE);
        }
    }

    /** What the caller's leg tells of being handed over. */
    void onCaller(LegEvent event) {
        if (over || !asking) {
            return;
        }
        switch (event) {
            case LegEvent.Transferred gone -> {
                asking = false;
                handedOver = true;
                parts.observer().on(call, new ConversationEvent.HandedOver(target));
            }
            case LegEvent.TransferRefused refused -> {
                asking = false;
                if (parts.transfers().bridgesAfter(refused.failure())) {
                    dial();
                    return;
                }
                switchboard.trouble("not handed over: " + refused.failure() + " " + refused.detail());
                fail(
                        switch (refused.failure()) {
                            case BUSY -> Outcome.Reason.BUSY;
                            case NO_ANSWER -> Outcome.Reason.NO_ANSWER;
                            case UNSUPPORTED, UNREACHABLE, FAILED -> Outcome.Reason.UNREACHABLE;
                        });
            }
            default -> {
                // it rings there: the caller hears that
            }
        }
    }

    private void fail(Outcome.Reason reason) {
        over = true;
        switchboard.caller(new Outcome.NotConnected(reason));
    }

    private void dial() {
        try {
            person = dialer.dial(target, callerId(), RING, event -> mailbox.post(() -> on(event)));
        } catch (RuntimeException e) {
            switchboard.trouble("can't dial " + target + ": " + e.getMessage());
            fail(Outcome.Reason.UNREACHABLE);
        }
    }

    /** The caller has gone, or the call is ended: hangs up on the person. */
    void close(EndReason reason) {
        over = true;
        if (person != null) {
            unbridge(person);
            person.hangUp(reason);
        }
    }

    private void on(LegEvent event) {
        Leg leg = person;
        if (over || leg == null) {
            return;
        }
        switch (event) {
            case LegEvent.Answered answered -> {
                bridged = true;
                caller.voice().join(leg.voice());
                parts.observer().on(call, new ConversationEvent.Bridged(bridge(), leg.id()));
                switchboard.bridged();
            }
            case LegEvent.Ended ended -> {
                over = true;
                boolean talked = bridged;
                unbridge(leg);
                switchboard.caller(
                        talked ? new Outcome.PersonLeft() : new Outcome.NotConnected(reason(ended.reason())));
            }
            default -> {
                // what else a person's telephone tells is of no concern here
            }
        }
    }

    private void unbridge(Leg leg) {
        if (bridged) {
            bridged = false;
            caller.voice().part();
            parts.observer().on(call, new ConversationEvent.Unbridged(bridge(), leg.id()));
        }
    }

    private String bridge() {
        return call.id() + "/bridge";
    }

    private String callerId() {
        String address = call.from().address();
        int colon = address.indexOf(':');
        int at = address.indexOf('@');
        return at < 0 ? address : address.substring(colon + 1, at);
    }

    private static Outcome.Reason reason(EndReason ended) {
        return switch (ended) {
            case DECLINED -> Outcome.Reason.BUSY;
            case NO_ANSWER, CANCELLED -> Outcome.Reason.NO_ANSWER;
            default -> Outcome.Reason.UNREACHABLE;
        };
    }
}
