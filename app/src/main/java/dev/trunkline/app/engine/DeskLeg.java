package dev.trunkline.app.engine;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.LegListener;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.core.line.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A leg as the desk hands it on: what happens while it only rings is kept for whoever listens later, and the desk learns of
 * its end in any case.
 */
final class DeskLeg implements Leg {

    private final Leg leg;
    private final Consumer<LegEvent.Ended> atTheEnd;
    private final Object lock = new Object();
    private final List<LegEvent> kept = new ArrayList<>();
    private @Nullable LegListener listener;
    private boolean over;

    /**
     * Listens to a leg.
     *
     * @param atTheEnd told once when the leg ends, after the listener
     */
    DeskLeg(Leg leg, Consumer<LegEvent.Ended> atTheEnd) {
        this.leg = leg;
        this.atTheEnd = atTheEnd;
        leg.listen(this::on);
    }

    private void on(LegEvent event) {
        LegListener hears;
        synchronized (lock) {
            hears = listener;
            if (hears == null) {
                kept.add(event);
            }
            over |= event instanceof LegEvent.Ended;
        }
        if (hears != null) {
            hears.on(event);
        }
        if (event instanceof LegEvent.Ended ended) {
            atTheEnd.accept(ended);
        }
    }

    /** Whether it has ended. */
    boolean isOver() {
        synchronized (lock) {
            return over;
        }
    }

    /** Whether somebody else listens already. */
    boolean isHandedOn() {
        synchronized (lock) {
            return listener != null;
        }
    }

    @Override
    public void listen(LegListener next) {
        synchronized (lock) {
            kept.forEach(next::on);
            kept.clear();
            listener = next;
        }
    }

    @Override
    public String id() {
        return leg.id();
    }

    @Override
    public String channel() {
        return leg.channel();
    }

    @Override
    public CallDirection direction() {
        return leg.direction();
    }

    @Override
    public Party from() {
        return leg.from();
    }

    @Override
    public Party to() {
        return leg.to();
    }

    @Override
    public String dialled() {
        return leg.dialled();
    }

    @Override
    public String trunk() {
        return leg.trunk();
    }

    @Override
    public void ring() {
        leg.ring();
    }

    @Override
    public String forwardedFrom() {
        return leg.forwardedFrom();
    }

    @Override
    public void openEarlyVoice() {
        leg.openEarlyVoice();
    }

    @Override
    public void hold() {
        leg.hold();
    }

    @Override
    public void unhold() {
        leg.unhold();
    }

    @Override
    public boolean canTransfer() {
        return leg.canTransfer();
    }

    @Override
    public void transfer(String target) {
        leg.transfer(target);
    }

    @Override
    public void transfer(Leg consultation) {
        leg.transfer(consultation);
    }

    @Override
    public void answer() {
        leg.answer();
    }

    @Override
    public void reject(RejectCause cause, String detail) {
        leg.reject(cause, detail);
    }

    @Override
    public void hangUp(EndReason reason) {
        leg.hangUp(reason);
    }

    @Override
    public Voice voice() {
        return leg.voice();
    }

    @Override
    public long ssrc() {
        return leg.ssrc();
    }

    @Override
    public MediaQuality quality() {
        return leg.quality();
    }
}
