package dev.trunkline.caller.load;

import dev.trunkline.caller.signalling.CallProgress;
import dev.trunkline.caller.signalling.Signalling;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call of the run: its signalling's side. Thread-safe. */
final class CallSlot {

    private static final System.Logger LOG = System.getLogger(CallSlot.class.getName());

    private final LoadCaller caller;
    private final LoadShard shard;
    private final CompletableFuture<Boolean> settled = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private volatile Signalling.@Nullable Attempt attempt;

    CallSlot(LoadCaller caller, LoadShard shard) {
        this.caller = caller;
        this.shard = shard;
    }

    void place(Signalling line, String target, Signalling.Offer offer) {
        attempt = line.call(target, offer, this::on);
    }

    private void on(CallProgress progress) {
        switch (progress) {
            case CallProgress.Ringing ringing -> {}
            case CallProgress.Answered answered -> {
                shard.join(caller, answered.remote());
                settled.complete(true);
            }
            case CallProgress.Ended end -> {
                if (!(end instanceof CallProgress.HungUp hungUp && !hungUp.remote())) {
                    LOG.log(Level.WARNING, "call " + caller.number + " is over: " + end);
                }
                settled.complete(false);
                ended.complete(true);
            }
        }
    }

    LoadCaller caller() {
        return caller;
    }

    /** Completed when it is answered (true) or will not be (false). */
    CompletableFuture<Boolean> settled() {
        return settled;
    }

    /** Completed when it is over. */
    CompletableFuture<Boolean> ended() {
        return ended;
    }

    /** Whether it is answered and goes on. */
    boolean isUp() {
        return settled.getNow(false) && !ended.isDone();
    }

    void hangUp() {
        Signalling.Attempt placed = attempt;
        if (placed != null) {
            placed.hangUp();
        }
    }
}
