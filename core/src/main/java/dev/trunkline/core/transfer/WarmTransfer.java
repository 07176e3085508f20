package dev.trunkline.core.transfer;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.Dialer;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A transfer in which the agent speaks with the person first. The caller waits, on hold or with the agent's voice; the person is
 * called on a leg of their own; agent and person talk; then {@link #join} lets caller and person talk, through us or without
 * us, or {@link #takeBack} returns to the caller.
 *
 * <pre>
 *  begin ──► RINGING ──► CONSULTING ──join──► JOINING ──► JOINED (bridge) ──► over
 *               │             │                  │  └───► over (handed over)
 *               └── Returned ◄┴── takeBack       └─ JoinRefused, CONSULTING again
 * </pre>
 *
 * All methods belong to one thread at a time, the owner's (a conversation's); the person's leg is heard through the executor
 * given, the caller's leg by {@link #onCaller}, since it has an owner already. Events come on the owner's thread too, some from
 * inside the call that causes them.
 */
public final class WarmTransfer {

    private enum State {
        NEW,
        RINGING,
        CONSULTING,
        JOINING,
        JOINED,
        OVER
    }

    private final Leg caller;
    private final Dialer dialer;
    private final TransferWay way;
    private final Executor owner;
    private final Consumer<WarmTransferEvent> listener;
    private State state = State.NEW;
    private boolean held;
    private @Nullable Leg person;

    /**
     * For an answered caller.
     *
     * @param way how the two are joined in the end
     * @param owner runs tasks on the owner's thread, in order
     */
    public WarmTransfer(
            Leg caller, Dialer dialer, TransferWay way, Executor owner, Consumer<WarmTransferEvent> listener) {
        this.caller = caller;
        this.dialer = dialer;
        this.way = way;
        this.owner = owner;
        this.listener = listener;
    }

    /**
     * Calls the person.
     *
     * @param hold whether the caller's telephone is put on hold meanwhile; else the caller goes on hearing the agent
     * @throws IllegalArgumentException if the target is malformed; nothing has happened then
     */
    public void begin(String target, String callerId, Duration ring, boolean hold) {
        if (state != State.NEW) {
            throw new IllegalStateException("begun before");
        }
        person = dialer.dial(target, callerId, ring, event -> owner.execute(() -> onPerson(event)));
        state = State.RINGING;
        if (hold) {
            held = true;
            caller.hold();
        }
    }

    /** The person's leg, once it was called and until the transfer is over. */
    public Optional<Leg> person() {
        return state == State.OVER ? Optional.empty() : Optional.ofNullable(person);
    }

    /** True until the caller is back, or gone with the person. */
    public boolean isRunning() {
        return state != State.OVER && state != State.NEW;
    }

    /** True while caller and person hear each other through us. */
    public boolean isJoined() {
        return state == State.JOINED;
    }

    /** Lets caller and person talk. Does nothing unless the person has answered and is not joined yet. */
    public void join() {
        Leg other = person;
        if (state != State.CONSULTING || other == null) {
            return;
        }
        if (way.asks(caller)) {
            state = State.JOINING;
            try {
                caller.transfer(other);
                return;
            } catch (IllegalArgumentException | UnsupportedOperationException e) {
                // legs of two channels: only we can join them
                state = State.CONSULTING;
            }
        }
        bridge(other);
    }

    private void bridge(Leg other) {
        state = State.JOINED;
        unhold();
        caller.voice().join(other.voice());
        listener.accept(new WarmTransferEvent.Joined());
    }

    /** Hangs up on the person and returns to the caller. Does nothing once it is over. */
    public void takeBack() {
        if (isRunning()) {
            giveUp(EndReason.AGENT_HUNG_UP);
            listener.accept(new WarmTransferEvent.Returned(WarmTransferEvent.Why.TAKEN_BACK, ""));
        }
    }

    /** The call is being ended: hangs up on the person. Tells nothing. */
    public void close(EndReason reason) {
        if (isRunning()) {
            giveUp(reason);
        }
    }

    /** What the caller's leg tells has to be handed on here. */
    public void onCaller(LegEvent event) {
        if (!isRunning()) {
            return;
        }
        switch (event) {
            case LegEvent.Transferred gone -> {
                if (state == State.JOINING) {
                    state = State.OVER;
                    listener.accept(new WarmTransferEvent.HandedOver());
                }
            }
            case LegEvent.TransferRefused refused -> {
                if (state == State.JOINING) {
                    joinRefused(refused);
                }
            }
            case LegEvent.Ended ended -> {
                close(EndReason.CANCELLED);
                listener.accept(new WarmTransferEvent.CallerLeft());
            }
            default -> {
                // the rest concerns the caller's owner
            }
        }
    }

    private void joinRefused(LegEvent.TransferRefused refused) {
        Leg other = person;
        if (other == null) {
            giveUp(EndReason.CANCELLED);
            listener.accept(new WarmTransferEvent.Returned(WarmTransferEvent.Why.PERSON_HUNG_UP, refused.detail()));
            return;
        }
        if (way.bridgesAfter(refused.failure())) {
            bridge(other);
            return;
        }
        state = State.CONSULTING;
        listener.accept(new WarmTransferEvent.JoinRefused(refused.failure(), refused.detail()));
    }

    private void onPerson(LegEvent event) {
        Leg other = person;
        if (!isRunning() || other == null) {
            return;
        }
        switch (event) {
            case LegEvent.Ringing rings -> {
                if (state == State.RINGING) {
                    listener.accept(new WarmTransferEvent.PersonRings());
                }
            }
            case LegEvent.Answered answered -> {
                if (state == State.RINGING) {
                    state = State.CONSULTING;
                    listener.accept(new WarmTransferEvent.PersonAnswered(other));
                }
            }
            case LegEvent.Ended ended -> personEnded(ended);
            default -> {
                // speech and keys are for whoever listens to the person
            }
        }
    }

    private void personEnded(LegEvent.Ended ended) {
        if (state == State.JOINING) {
            // The one who takes the place hangs up on us before we are told of it, or the person has had enough. The
            // caller's leg knows which.
            person = null;
            return;
        }
        WarmTransferEvent.Why why = switch (state) {
            case JOINED -> WarmTransferEvent.Why.PERSON_LEFT;
            case CONSULTING -> WarmTransferEvent.Why.PERSON_HUNG_UP;
            default -> notReached(ended.reason());
        };
        giveUp(ended.reason());
        listener.accept(new WarmTransferEvent.Returned(why, ended.detail()));
    }

    private static WarmTransferEvent.Why notReached(EndReason reason) {
        return switch (reason) {
            case DECLINED -> WarmTransferEvent.Why.BUSY;
            case NO_ANSWER, CANCELLED -> WarmTransferEvent.Why.NO_ANSWER;
            default -> WarmTransferEvent.Why.UNREACHABLE;
        };
    }

    private void giveUp(EndReason reason) {
        boolean joined = state == State.JOINED;
        state = State.OVER;
        if (joined) {
            caller.voice().part();
        }
        Leg other = person;
        if (other != null) {
            other.hangUp(reason);
        }
        unhold();
    }

    private void unhold() {
        if (held) {
            held = false;
            caller.unhold();
        }
    }
}
