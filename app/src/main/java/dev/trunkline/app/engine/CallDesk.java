package dev.trunkline.app.engine;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.agent.AgentDirectory;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.CallReception;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.core.record.CallLog;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.core.time.Timekeeper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes every call that comes: finds its agent, gives it a place, lets it ring until ears and mouth are ready, and begins the
 * conversation; or says why not. Thread-safe.
 */
final class CallDesk implements CallReception {

    private static final Logger LOG = System.getLogger(CallDesk.class.getName());

    /** Shorter than most callers' patience and than the three minutes that a proxy allows. */
    private static final Duration LONGEST_RING = Duration.ofSeconds(60);

    /** How long a conversation may take to write down its end before the desk does. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final String node;
    private final AgentDirectory agents;
    private final Function<Agent, String> mindOf;
    private final CompletableFuture<Speech> speech;
    private final Talk.Maker talks;
    private final Places places;
    private final CallLog log;
    private final Refusals refusals;
    private final Timekeeper time;
    private final Executor executor;
    private final Map<CallId, Attended> attended = new ConcurrentHashMap<>();
    private volatile boolean draining;

    /**
     * A desk.
     *
     * @param node the name of this server
     * @param agents who answers
     * @param mindOf the name of what an agent thinks with
     * @param speech ears and mouth, as soon as they are loaded
     * @param talks makes conversations
     * @param refusals takes note of calls that the record does not have
     * @param executor runs what may take a moment, off the channel's thread
     */
    CallDesk(
            String node,
            AgentDirectory agents,
            Function<Agent, String> mindOf,
            CompletableFuture<Speech> speech,
            Talk.Maker talks,
            Places places,
            CallLog log,
            Refusals refusals,
            Timekeeper time,
            Executor executor) {
        this.node = node;
        this.agents = agents;
        this.mindOf = mindOf;
        this.speech = speech;
        this.talks = talks;
        this.places = places;
        this.log = log;
        this.refusals = refusals;
        this.time = time;
        this.executor = executor;
    }

    /** One call and what it holds. */
    private final class Attended {

        private final CallInfo call;
        private final Agent agent;
        private final DeskLeg leg;
        private final AtomicBoolean closed = new AtomicBoolean();
        private @Nullable Talk talk;

        Attended(CallInfo call, Agent agent, Leg leg) {
            this.call = call;
            this.agent = agent;
            this.leg = new DeskLeg(leg, this::ended);
        }

        private synchronized void converse(Speech with) {
            if (leg.isOver()) {
                return;
            }
            Talk made = talks.make(call, leg, agent, with, this::write);
            talk = made;
            made.begin();
        }

        /** The place is given back when the last entry is written, so that a stop waits for that too. */
        private void write(CallLogEntry entry) {
            if (!(entry instanceof CallLogEntry.Closed)) {
                log.write(entry);
            } else if (closed.compareAndSet(false, true)) {
                try {
                    log.write(entry);
                } finally {
                    places.leave(agent);
                }
            }
        }

        private void writeClosed(LegEvent.Ended ended) {
            write(new CallLogEntry.Closed(call.id(), time.now(), ended.reason(), ended.detail(), MediaQuality.NONE));
        }

        private void ended(LegEvent.Ended ended) {
            boolean nobodyElseTells;
            synchronized (this) {
                attended.remove(call.id());
                nobodyElseTells = talk == null;
            }
            if (nobodyElseTells) {
                writeClosed(ended);
            } else if (!closed.get()) {
                time.after(LAST_WORDS, () -> writeClosed(ended));
            }
            LOG.log(
                    Level.INFO,
                    "call ended call={0} reason={1} detail={2}",
                    call.id(),
                    ended.reason(),
                    Quoted.value(ended.detail()));
        }

        private synchronized void wrapUp() {
            if (talk == null) {
                leg.reject(RejectCause.UNAVAILABLE, "the server is being stopped");
            } else {
                talk.wrapUp();
            }
        }

        private synchronized void end() {
            if (talk == null) {
                leg.reject(RejectCause.UNAVAILABLE, "the server is being stopped");
            } else {
                leg.hangUp(EndReason.SHUTDOWN);
            }
        }
    }

    @Override
    public void incoming(Leg leg) {
        CallInfo call = new CallInfo(
                CallId.at(time.now().toEpochMilli()), leg.channel(), leg.direction(), leg.from(), leg.to(), time.now());
        Agent agent = agents.forDialled(leg.dialled())
                .or(() -> agents.forTrunk(leg.trunk()))
                .orElse(null);
        if (draining) {
            turnAway(leg, RejectCause.UNAVAILABLE, "the server is being stopped");
        } else if (agent == null) {
            turnAway(leg, RejectCause.NOT_FOUND, "nobody has that number");
        } else if (speech.isCompletedExceptionally()) {
            turnAway(leg, RejectCause.UNAVAILABLE, "the models could not be loaded");
        } else if (!places.take(agent)) {
            refuse(call, leg, agent, RejectCause.BUSY, "no free place");
        } else {
            attend(call, leg, agent);
        }
    }

    /** Why a call to that agent would be refused now; empty if it would be taken. */
    Optional<RejectCause> refusalFor(String dialled) {
        Agent agent = agents.forDialled(dialled).orElse(null);
        if (agent == null) {
            return Optional.of(RejectCause.NOT_FOUND);
        }
        if (draining || speech.isCompletedExceptionally()) {
            return Optional.of(RejectCause.UNAVAILABLE);
        }
        return places.hasRoom(agent) ? Optional.empty() : Optional.of(RejectCause.BUSY);
    }

    private void attend(CallInfo call, Leg leg, Agent agent) {
        LOG.log(
                Level.INFO,
                "call came call={0} channel={1} leg={2} agent={3} mind={4} from={5}",
                call.id(),
                call.channel(),
                Quoted.value(leg.id()),
                agent.name(),
                mindOf.apply(agent),
                Quoted.value(call.from().address()));
        log.write(new CallLogEntry.Opened(call, node, agent.name(), mindOf.apply(agent)));
        Attended attending = new Attended(call, agent, leg);
        attended.put(call.id(), attending);
        if (attending.leg.isOver()) {
            attended.remove(call.id());
            return;
        }
        if (!speech.isDone()) {
            leg.ring();
        }
        // a copy: a caller who has waited long enough must not end the waiting of all
        speech.copy()
                .orTimeout(LONGEST_RING.toMillis(), TimeUnit.MILLISECONDS)
                .whenCompleteAsync(
                        (ready, failure) -> {
                            if (ready == null) {
                                LOG.log(
                                        Level.WARNING,
                                        "call refused call={0} why={1}: the models are not ready",
                                        call.id(),
                                        Quoted.value(String.valueOf(failure)));
                                leg.reject(RejectCause.UNAVAILABLE, "the models are not ready");
                                return;
                            }
                            try {
                                attending.converse(ready);
                            } catch (RuntimeException e) {
                                LOG.log(Level.ERROR, "conversation could not begin call=" + call.id(), e);
                                leg.hangUp(EndReason.FAILED);
                            }
                        },
                        executor);
    }

    /** Refuses without a record: strangers could fill it. */
    private void turnAway(Leg leg, RejectCause cause, String detail) {
        refusals.refused(leg.from().address(), leg.dialled(), cause, detail);
        leg.listen(event -> {});
        leg.reject(cause, detail);
    }

    private void refuse(CallInfo call, Leg leg, Agent agent, RejectCause cause, String detail) {
        LOG.log(
                Level.INFO,
                "call refused call={0} channel={1} leg={2} dialled={3} from={4} cause={5} detail={6}",
                call.id(),
                call.channel(),
                Quoted.value(leg.id()),
                Quoted.value(leg.dialled()),
                Quoted.value(call.from().address()),
                cause,
                Quoted.value(detail));
        log.write(new CallLogEntry.Opened(call, node, agent.name(), ""));
        leg.listen(event -> {});
        leg.reject(cause, detail);
        log.write(new CallLogEntry.Closed(call.id(), time.now(), EndReason.REFUSED, detail, MediaQuality.NONE));
    }

    /** Takes no calls from now on. */
    void drain() {
        draining = true;
    }

    /** Whether it takes none. */
    boolean isDraining() {
        return draining;
    }

    /** Lets every agent say goodbye and hang up. */
    void wrapUpAll() {
        attended.values().forEach(Attended::wrapUp);
    }

    /** Hangs up on everybody. */
    void endAll() {
        attended.values().forEach(Attended::end);
    }
}
