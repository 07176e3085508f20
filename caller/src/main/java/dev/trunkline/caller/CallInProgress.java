package dev.trunkline.caller;

import dev.trunkline.caller.network.ImpairedPath;
import dev.trunkline.caller.network.Impairments;
import dev.trunkline.caller.report.CallReport;
import dev.trunkline.caller.report.Outcome;
import dev.trunkline.caller.report.TurnBook;
import dev.trunkline.caller.script.Script;
import dev.trunkline.caller.script.ScriptPlayer;
import dev.trunkline.caller.signalling.CallProgress;
import dev.trunkline.caller.signalling.Signalling;
import dev.trunkline.caller.sound.AgentEar;
import dev.trunkline.caller.wire.CallMedia;
import dev.trunkline.caller.wire.MediaLoop;
import dev.trunkline.caller.wire.OfferedCodecs;
import dev.trunkline.caller.wire.RtpSocket;
import dev.trunkline.sound.AudioChunk;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A call that a {@link ScriptedCaller} has begun, on a thread of its own. All methods may be called from any thread. */
public final class CallInProgress {

    private static final System.Logger LOG = System.getLogger(CallInProgress.class.getName());
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** A signalling that neither answers nor gives up within this is broken. */
    private static final Duration SETTLED = Duration.ofSeconds(40);

    private final String target;
    private final Script script;
    private final Impairments impairments;
    private final List<Integer> payloadTypes;
    private final Signalling signalling;
    private final boolean ownsSignalling;
    private final CompletableFuture<CallProgress> answer = new CompletableFuture<>();
    private final CompletableFuture<CallProgress.Ended> ended = new CompletableFuture<>();
    private final CompletableFuture<CallReport> report = new CompletableFuture<>();
    private final AgentEar ear;
    private final ScriptPlayer player;

    private volatile long answerNanos;
    private volatile Signalling.@Nullable Attempt attempt;
    private volatile @Nullable MediaLoop loop;
    private volatile boolean agentSpeaking;
    private volatile boolean agentHeard;

    CallInProgress(
            String target,
            Script script,
            Impairments impairments,
            List<Integer> payloadTypes,
            Signalling signalling,
            boolean ownsSignalling) {
        this.target = target;
        this.script = script;
        this.impairments = impairments;
        this.payloadTypes = payloadTypes;
        this.signalling = signalling;
        this.ownsSignalling = ownsSignalling;
        this.ear = new AgentEar(script.pause().toNanos());
        this.player = new ScriptPlayer(script, ear);
    }

    void begin() {
        Thread.ofPlatform().name("caller-" + NUMBER.incrementAndGet()).daemon().start(() -> {
            try {
                report.complete(call());
            } catch (IOException | RuntimeException e) {
                report.complete(CallReport.unanswered(
                        target, "", new Outcome.Failed("the caller failed: " + e), Duration.ZERO));
                LOG.log(Level.WARNING, "call to " + target + " failed", e);
            } finally {
                if (ownsSignalling) {
                    signalling.close();
                }
            }
        });
    }

    /** Whether it has been answered. */
    public boolean answered() {
        return answer.isDone() && answer.join() instanceof CallProgress.Answered;
    }

    /** Whether the agent's voice is being heard now, pauses within its speech included. */
    public boolean agentSpeaking() {
        return agentSpeaking;
    }

    /** Whether the agent has been heard at all. */
    public boolean agentHeard() {
        return agentHeard;
    }

    /** Whether it is over and the report is there. */
    public boolean done() {
        return report.isDone();
    }

    /** Hangs up now. */
    public void hangUp() {
        Signalling.Attempt placed = attempt;
        if (placed != null) {
            placed.hangUp();
        }
    }

    /** The report, when the call is over. */
    public CallReport await() {
        return report.join();
    }

    private CallReport call() throws IOException {
        try (RtpSocket socket = RtpSocket.open(signalling.localAddressFor(target))) {
            long begun = System.nanoTime();
            Signalling.Attempt placed = signalling.call(
                    target, new Signalling.Offer(socket.address().getPort(), payloadTypes), this::progress);
            attempt = placed;
            CallProgress first = settled();
            if (!(first instanceof CallProgress.Answered taken)) {
                placed.hangUp();
                return CallReport.unanswered(
                        target, placed.callId(), outcome(first), Duration.ofNanos(System.nanoTime() - begun));
            }
            return talk(socket, placed, taken, Duration.ofNanos(answerNanos - begun));
        }
    }

    private CallReport talk(RtpSocket socket, Signalling.Attempt placed, CallProgress.Answered taken, Duration setUp)
            throws IOException {
        long maxSamples = script.maxDuration().plusSeconds(2).toMillis() * 8;
        CallMedia media = new CallMedia(
                player,
                ear,
                OfferedCodecs.byPayloadType(taken.payloadType()).orElseThrow().create(),
                taken.eventType(),
                new ImpairedPath(impairments),
                maxSamples,
                impairments.seed() ^ placed.callId().hashCode());
        MediaLoop running = new MediaLoop(
                socket, taken.remote(), media, answerNanos, key -> placed.infoKey(key.digit()), this::observe);
        loop = running;
        if (ended.isDone()) {
            running.stop();
        }
        String why;
        try {
            why = running.run();
        } finally {
            media.close();
        }
        long endNanos = System.nanoTime() - answerNanos;
        placed.hangUp();
        String reason = why;
        CallReport.EndedBy endedBy = CallReport.EndedBy.CALLER;
        if (why == null) {
            boolean remote = ended.join() instanceof CallProgress.HungUp hungUp && hungUp.remote();
            endedBy = remote ? CallReport.EndedBy.AGENT : CallReport.EndedBy.CALLER;
            reason = ended.join() instanceof CallProgress.HungUp hungUp ? hungUp.reason() : "";
        } else {
            confirmed();
        }
        AudioChunk said = media.said().all();
        AudioChunk heard = media.heard().all();
        return new CallReport(
                target,
                placed.callId(),
                new Outcome.Answered(),
                setUp,
                Duration.ofNanos(endNanos),
                endedBy,
                reason == null ? "" : reason,
                TurnBook.turns(player.spoken(), ear.utterances(), said, heard),
                player.unsaid(),
                heard,
                said,
                media.keysHeard(),
                media.traffic(running.strangers()));
    }

    private void observe() {
        boolean speaking = ear.speaking();
        if (speaking != agentSpeaking) {
            agentSpeaking = speaking;
            agentHeard |= speaking;
        }
    }

    private void progress(CallProgress progress) {
        switch (progress) {
            case CallProgress.Ringing ringing -> {}
            case CallProgress.Answered answered -> {
                answerNanos = System.nanoTime();
                answer.complete(answered);
            }
            case CallProgress.Ended end -> {
                answer.complete(end);
                ended.complete(end);
                MediaLoop running = loop;
                if (running != null) {
                    running.stop();
                }
            }
        }
    }

    private CallProgress settled() {
        try {
            return answer.get(SETTLED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new CallProgress.Failed("no final answer within " + SETTLED.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CallProgress.Failed("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the far side to confirm the BYE, so that a process that ends afterwards leaves nothing behind. */
    private void confirmed() {
        try {
            ended.get(2, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.log(Level.WARNING, "the far side has not confirmed the end of the call to " + target);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Outcome outcome(CallProgress end) {
        return switch (end) {
            case CallProgress.Refused refused -> new Outcome.Refused(refused.code(), refused.reason());
            case CallProgress.Failed failed -> new Outcome.Failed(failed.message());
            default -> new Outcome.Failed("the call ended before it was answered");
        };
    }
}
