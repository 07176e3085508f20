package dev.trunkline.app.engine;

import dev.trunkline.app.calls.CallBook;
import dev.trunkline.app.calls.CallMemory;
import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.health.Health;
import dev.trunkline.app.health.Part;
import dev.trunkline.app.metrics.CallMetrics;
import dev.trunkline.app.metrics.RoomMetrics;
import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.agent.AgentDirectory;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.conversation.Conversation;
import dev.trunkline.core.conversation.ConversationEvent;
import dev.trunkline.core.conversation.ConversationParts;
import dev.trunkline.core.conversation.Phrases;
import dev.trunkline.core.conversation.SoundConverter;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.record.CallLog;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.core.session.SessionStore;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.vad.SileroVad;
import dev.trunkline.media.vad.VoiceActivityException;
import dev.trunkline.telephony.rtp.RtpDoor;
import dev.trunkline.telephony.sip.SipChannel;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * All that a call needs, assembled. Started once: the sound first, then the journal of the record, then the SIP port, and
 * beside it the models and the database, which take their time. Stopped in the opposite order.
 *
 * <p>Thread-safe.
 */
public final class Engine implements EngineView, AutoCloseable {

    private static final Logger LOG = System.getLogger(Engine.class.getName());
    private static final int ENDED_CALLS_KEPT = 500;
    private static final Duration GOODBYE = Duration.ofSeconds(15);
    private static final Duration HANG_UP = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final Duration LAST_ENTRIES = Duration.ofSeconds(1);

    private final Configuration settings;
    private final SystemTimekeeper time = new SystemTimekeeper();
    private final ExecutorService conversations = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("call-", 0).factory());
    private final SoundConverter converter = new MediaSoundConverter();
    private final RecordKeeping record;
    private final SessionSnapshots snapshots;
    private final CallMetrics callMetrics;
    private final RoomMetrics roomMetrics;
    private final CallMemory memory;
    private final CallBook calls;
    private final Minds minds;
    private final AgentDirectory agents;
    private final Places places;
    private final CallDesk desk;
    private final LateDialer dialer = new LateDialer();
    private final SpeechServices models;
    private final MediaEngine media;
    private final SipChannel sip;
    private final OpenDoors doors;

    private Engine(Configuration settings, SessionStore sessions, MeterRegistry metrics) {
        this.settings = settings;
        minds = Minds.of(settings, conversations);
        agents = TrunkLines.agents(settings.accounts(), BuiltInAgents.of(settings));
        places = new Places(settings.calls().most());
        media = startMedia(settings);
        callMetrics = new CallMetrics(metrics);
        roomMetrics = new RoomMetrics(metrics);
        record = RecordKeeping.start(settings);
        memory = new CallMemory(record.log(), ENDED_CALLS_KEPT);
        calls = new CallBook(memory, record.history());
        snapshots = new SessionSnapshots(settings.node(), sessions, time);
        models = SpeechServices.of(settings, converter, conversations);
        Refusals refusals = new Refusals(callMetrics::refused);
        time.every(Duration.ofMinutes(1), refusals::tell);
        desk = new CallDesk(
                settings.node(),
                agents,
                agent -> minds.of(agent).name(),
                models.ready(),
                this::talk,
                places,
                log(),
                refusals,
                time,
                conversations);
        sip = startSip();
        sip.digitSending(settings.digits().sending());
        dialer.become(sip);
        doors = openDoors();
        // from here on calls are taken; what follows takes its time
        models.load();
        models.ready().thenAccept(this::rehearse);
        time.every(Duration.ofSeconds(30), snapshots::refresh);
        bindMetrics();
    }

    /**
     * Starts it; when this returns, calls are taken. The models may still be loading: see {@link #ready}.
     *
     * @throws StartException with what is wrong
     */
    public static Engine start(Configuration settings, SessionStore sessions, MeterRegistry metrics) {
        return new Engine(settings, sessions, metrics);
    }

    private static MediaEngine startMedia(Configuration settings) {
        Path model = settings.models().folder().resolve("silero_vad_v6.onnx");
        Configuration.Network network = settings.network();
        try {
            return MediaEngine.start(
                    MediaSettings.defaults()
                            .withBindAddress(network.bind())
                            .withPorts(
                                    network.rtpPorts().first(),
                                    network.rtpPorts().last())
                            .withShards(settings.mediaShards())
                            .withCodecs(settings.codecs()),
                    SileroVad.load(model),
                    settings.digits().inBand());
        } catch (VoiceActivityException e) {
            throw new StartException(
                    "the models can't be loaded from " + settings.models().folder() + ": " + e.getMessage()
                            + "; build them with ./trunkline build, or set TRUNKLINE_MODELS_DIR",
                    e);
        }
    }

    private SipChannel startSip() {
        try {
            SipChannel channel = SipChannel.start(
                    CallHandling.timed(SignallingAssembly.settings(settings), settings.callRules()),
                    TrunkLines.accounts(settings.accounts()),
                    media,
                    desk);
            channel.transferPolicy(CallHandling.policy(settings.callRules()));
            return channel;
        } catch (IOException e) {
            closeParts();
            throw SignallingAssembly.failure(settings.network(), e);
        }
    }

    private OpenDoors openDoors() {
        try {
            return OpenDoors.open(settings, media, desk, sip);
        } catch (StartException e) {
            sip.close();
            closeParts();
            throw e;
        }
    }

    /** What is written of calls goes to all who keep something of it. */
    private CallLog log() {
        return entry -> {
            memory.write(entry);
            callMetrics.on(entry);
            if (entry instanceof CallLogEntry.Closed closed) {
                snapshots.close(closed.call());
            }
        };
    }

    private Talk talk(CallInfo call, Leg leg, Agent agent, Speech speech, CallLog log) {
        snapshots.open(call, agent.name(), leg);
        Conversation conversation = new Conversation(
                call,
                leg,
                agent,
                new ConversationParts(
                        speech.ears(),
                        minds.of(agent),
                        speech.mouth(),
                        converter,
                        dialer,
                        CallHandling.way(settings.callRules()),
                        log,
                        this::observe,
                        time,
                        conversations,
                        Phrases.ENGLISH,
                        settings.node()));
        return new Talk() {
            @Override
            public void begin() {
                conversation.begin();
            }

            @Override
            public void wrapUp() {
                conversation.wrapUp();
            }

            @Override
            public void end(EndReason reason) {
                conversation.end(reason);
            }
        };
    }

    private void observe(CallInfo call, ConversationEvent event) {
        memory.on(call, event);
        snapshots.on(call, event);
        callMetrics.on(call, event);
        CallEventLog.on(call, event);
    }

    private void rehearse(Speech speech) {
        Rehearsal rehearsal = new Rehearsal(speech.mouth());
        for (Agent agent : agents.all()) {
            rehearsal.greeting(agent, minds.of(agent));
        }
        rehearsal.phrases(Phrases.ENGLISH, agents.named(BuiltInAgents.RECEPTION).orElseThrow());
    }

    private void bindMetrics() {
        roomMetrics.calls(places::taken, places.most());
        roomMetrics.media(media::statistics);
        SignallingAssembly.bindTo(roomMetrics, sip);
        roomMetrics.trunks(sip::trunks);
        models.bindTo(roomMetrics);
        doors.bindTo(roomMetrics);
        record.bindTo(roomMetrics);
        agents.all()
                .forEach(agent -> LOG.log(
                        Level.INFO,
                        "agent answers agent={0} mind=\"{1}\"",
                        agent.name(),
                        minds.of(agent).name()));
    }

    /** Completed when the models are loaded, or with why they can't be. */
    public CompletableFuture<Void> ready() {
        return models.ready().thenAccept(speech -> {});
    }

    /** Which models recognise and speak. */
    public String modelsDescription() {
        return models.description();
    }

    /** Each agent with what it thinks with, in order of their names. */
    public List<String> agentsDescription() {
        return agents.all().stream()
                .map(agent -> agent.name() + " (" + minds.of(agent).name() + ")")
                .toList();
    }

    @Override
    public Health health() {
        List<Part> parts = new ArrayList<>();
        parts.add(SignallingAssembly.health(sip));
        parts.addAll(TrunkLines.parts(sip.trunks()));
        parts.add(new Part(
                "media",
                Part.State.UP,
                "RTP " + settings.network().rtpPorts() + ", "
                        + media.statistics().openSessions() + " sessions",
                true));
        String failure = models.failure();
        if (failure != null) {
            parts.add(new Part("models", Part.State.DOWN, failure, true));
        } else if (models.ready().isDone()) {
            parts.add(new Part("models", Part.State.UP, models.description(), true));
        } else {
            parts.add(new Part("models", Part.State.STARTING, models.description(), true));
        }
        parts.addAll(doors.parts());
        parts.addAll(record.parts());
        return new Health(settings.node(), parts, desk.isDraining(), places.taken(), places.most());
    }

    @Override
    public CallBook calls() {
        return calls;
    }

    @Override
    public RtpDoor rtpDoor() {
        return doors.rtp();
    }

    @Override
    public String dialAddress() {
        return dialAddress(BuiltInAgents.RECEPTION);
    }

    /** What to dial for the echo test. */
    public String echoAddress() {
        return dialAddress(BuiltInAgents.ECHO);
    }

    private String dialAddress(String agent) {
        InetSocketAddress local = sip.localAddress();
        InetAddress host = settings.network().publicAddress();
        if (host == null) {
            host = local.getAddress().isAnyLocalAddress()
                    ? sip.localAddressTowards(InetAddress.ofLiteral("192.0.2.1"))
                    : local.getAddress();
        }
        return "sip:" + agent + "@" + shown(new InetSocketAddress(host, local.getPort()));
    }

    private static String shown(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Calls now. */
    public int activeCalls() {
        return places.taken();
    }

    /**
     * Takes no more calls, and waits until those that run have ended: for so long by themselves, then the agents say goodbye.
     * Blocks.
     */
    public void drain(Duration patience) {
        desk.drain();
        sip.draining(true);
        if (!awaitNoCalls(patience)) {
            LOG.log(Level.INFO, "saying goodbye calls={0}", Integer.toString(places.taken()));
            desk.wrapUpAll();
            if (!awaitNoCalls(GOODBYE)) {
                hangUpAll();
            }
        }
    }

    /** Hangs up on everybody and gives the network a moment to carry that. Blocks for two seconds at most. */
    public void hangUpAll() {
        desk.drain();
        desk.endAll();
        awaitNoCalls(HANG_UP);
    }

    /** For a process that ends at once: hangs up, and waits a moment until that stands in the journal. Blocks for three seconds at most. */
    public void endAtOnce() {
        hangUpAll();
        if (!record.awaitWritten(LAST_ENTRIES)) {
            LOG.log(Level.WARNING, "the last entries may be missing in the record");
        }
    }

    private boolean awaitNoCalls(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (places.taken() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return places.taken() == 0;
    }

    /** Stops everything; calls that still run are hung up on. */
    @Override
    public void close() {
        if (places.taken() > 0) {
            hangUpAll();
        }
        doors.close();
        sip.close();
        closeParts();
    }

    private void closeParts() {
        endConversations(conversations, LAST_WORDS);
        media.close();
        models.close();
        minds.close();
        time.close();
        record.close();
    }

    /** Lets conversations write down how they ended, before the record is closed. */
    static void endConversations(ExecutorService conversations, Duration patience) {
        conversations.shutdown();
        try {
            if (!conversations.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "conversations do not end; what they would still write is lost");
                conversations.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
