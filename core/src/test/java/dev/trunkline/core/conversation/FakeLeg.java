package dev.trunkline.core.conversation;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.LegListener;
import dev.trunkline.core.line.RejectCause;
import java.time.Duration;

/** A leg whose signalling does at once what it is told. */
final class FakeLeg implements Leg {

    private final VirtualTime time;
    private final FakeVoice voice;
    private LegListener listener = event -> {};
    EndReason hungUp;
    boolean transfers;
    String transferredTo;

    FakeLeg(VirtualTime time) {
        this.time = time;
        this.voice = new FakeVoice(time, this::emit);
    }

    void emit(LegEvent event) {
        listener.on(event);
    }

    @Override
    public String id() {
        return "leg";
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
        return new Party("sip:alice@example.com", "Alice");
    }

    @Override
    public Party to() {
        return new Party("sip:reception@example.com", "");
    }

    @Override
    public String dialled() {
        return "reception";
    }

    @Override
    public void listen(LegListener next) {
        listener = next;
    }

    @Override
    public void ring() {}

    @Override
    public void answer() {
        // the far side confirms, but not within this call
        time.after(Duration.ZERO, () -> {
            voice.settled = true;
            emit(new LegEvent.Answered(time.nanoTime()));
        });
    }

    @Override
    public void reject(RejectCause cause, String detail) {
        hangUp(EndReason.REFUSED);
    }

    @Override
    public void hangUp(EndReason reason) {
        if (hungUp == null) {
            hungUp = reason;
            emit(new LegEvent.Ended(time.nanoTime(), reason, ""));
        }
    }

    @Override
    public boolean canTransfer() {
        return transfers;
    }

    @Override
    public void transfer(String target) {
        transferredTo = target;
    }

    @Override
    public FakeVoice voice() {
        return voice;
    }
}
