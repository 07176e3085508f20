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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
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

    private final String node;
    private final AgentDirectory agents;
    private final Function<Agent, String> mindOf;
    private final CompletableFuture<Speech> speech;
    private final Talk.Maker talks;
    private final Places places;
    private final CallLog log;
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
            Timekeeper time,
            Executor executor) {
        this.node = node;
        this.agents = agents;
        this.mindOf = mindOf;
        this.speech = speech;
        this.talks = talks;
        this.places = places;
        this.log = log;
        this.time = time;
        this.executor = executor;
    }

    /** One call and what it holds. */
    private final class Attended {

        private final CallInfo call;
        private final Agent agent;
        private final DeskLeg leg;
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
            Talk made = talks.make(call, leg, agent, with);
            talk = made;
            made.begin();
        }

        private void ended(LegEvent.Ended ended) {
            boolean nobodyElseTells;
            synchronized (this) {
                attended.remove(call.id());
                nobodyElseTells = talk == null;
            }
            places.leave(agent);
            if (nobodyElseTells) {
                log.write(new CallLogEntry.Closed(
                        call.id(), time.now(), ended.reason(), ended.detail(), MediaQuality.NONE));
            }
            LOG.log(
                    Level.INFO,
                    "call ended call={0} reason={1} detail=\"{2}\"",
                    call.id(),
                    ended.reason(),
                    ended.detail());
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
        Agent agent = agents.forDialled(leg.dialled()).orElse(null);
        if (draining) {
            refuse(call, leg, agent, RejectCause.UNAVAILABLE, "the server is being stopped");
        } else if (agent == null) {
            refuse(call, leg, null, RejectCause.NOT_FOUND, "nobody has that number");
        } else if (speech.isCompletedExceptionally()) {
            refuse(call, leg, agent, RejectCause.UNAVAILABLE, "the models could not be loaded");
        } else if (!places.take(agent)) {
            refuse(call, leg, agent, RejectCause.BUSY, "no free place");
        } else {
            attend(call, leg, agent);
        }
    }

    private void attend(CallInfo call, Leg leg, Agent agent) {
        LOG.log(
                Level.INFO,
                "call came call={0} channel={1} leg={2} agent={3} mind={4} from={5}",
                call.id(),
                call.channel(),
                leg.id(),
                agent.name(),
                mindOf.apply(agent),
                call.from().address());
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
                                        "call refused call={0}: the models are not ready: {1}",
                                        call.id(),
                                        failure);
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

    private void refuse(CallInfo call, Leg leg, @Nullable Agent agent, RejectCause cause, String detail) {
        LOG.log(
                Level.INFO,
                "call refused call={0} channel={1} leg={2} dialled={3} from={4} cause={5} detail=\"{6}\"",
                call.id(),
                call.channel(),
                leg.id(),
                leg.dialled(),
                call.from().address(),
                cause,
                detail);
        log.write(new CallLogEntry.Opened(call, node, agent == null ? "" : agent.name(), ""));
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
