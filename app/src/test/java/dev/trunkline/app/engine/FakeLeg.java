package dev.trunkline.app.engine;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.LegListener;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.core.line.Voice;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A telephone without a wire: remembers what was done to it. */
final class FakeLeg implements Leg {

    final List<String> done = new CopyOnWriteArrayList<>();
    private final String dialled;
    private volatile LegListener listener = event -> {};

    FakeLeg(String dialled) {
        this.dialled = dialled;
    }

    void callerHangsUp(EndReason reason) {
        listener.on(new LegEvent.Ended(0, reason, ""));
    }

    @Override
    public String id() {
        return "leg-of-" + dialled;
    }

    @Override
    public String channel() {
        return "fake";
    }

    @Override
    public CallDirection direction() {
        return CallDirection.INBOUND;
    }

    @Override
    public Party from() {
        return new Party("sip:anna@192.0.2.1", "Anna");
    }

    @Override
    public Party to() {
        return new Party("sip:" + dialled + "@192.0.2.2", "");
    }

    @Override
    public String dialled() {
        return dialled;
    }

    @Override
    public void listen(LegListener next) {
        listener = next;
    }

    @Override
    public void ring() {
        done.add("ring");
    }

    @Override
    public void answer() {
        done.add("answer");
        listener.on(new LegEvent.Answered(0));
    }

    @Override
    public void reject(RejectCause cause, String detail) {
        done.add("reject " + cause);
        listener.on(new LegEvent.Ended(0, EndReason.REFUSED, detail));
    }

    @Override
    public void hangUp(EndReason reason) {
        done.add("hang up " + reason);
        listener.on(new LegEvent.Ended(0, reason, ""));
    }

    @Override
    public Voice voice() {
        throw new UnsupportedOperationException("the desk needs no sound");
    }
}
