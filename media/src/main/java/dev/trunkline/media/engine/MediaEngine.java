package dev.trunkline.media.engine;

import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.vad.VoiceActivityModel;
import dev.trunkline.media.vad.VoiceActivityService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The RTP of all calls: a fixed number of media threads, each with its share of the sessions, and one thread for voice
 * activity. Started once; thread-safe.
 */
public final class MediaEngine implements AutoCloseable {

    private final MediaSettings settings;
    private final InBandDigits inBandDigits;
    private final VoiceActivityService voiceActivity;
    private final PortRange ports;
    private final Bridges bridges;
    private final List<Shard> shards = new ArrayList<>();
    private final Set<RtpSession> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong callbackErrorsOfClosed = new AtomicLong();
    private volatile boolean closed;

    private MediaEngine(MediaSettings settings, VoiceActivityModel model, InBandDigits inBandDigits)
            throws IOException {
        this.settings = settings;
        this.inBandDigits = inBandDigits;
        ports = new PortRange(settings.bindAddress(), settings.firstPort(), settings.lastPort());
        bridges = new Bridges(settings);
        for (int i = 0; i < settings.shards(); i++) {
            shards.add(new Shard(i));
        }
        voiceActivity = new VoiceActivityService(model, settings.shards());
    }

    /**
     * Starts the threads.
     *
     * @param model tells speech from other sound; belongs to the engine from now on and is closed with it
     * @throws UncheckedIOException if the operating system gives us no selector
     */
    public static MediaEngine start(MediaSettings settings, VoiceActivityModel model) {
        return start(settings, model, InBandDigits.AUTO);
    }

    /**
     * Starts the threads.
     *
     * @param model tells speech from other sound; belongs to the engine from now on and is closed with it
     * @param inBandDigits whether keys are looked for in the sound
     * @throws UncheckedIOException if the operating system gives us no selector
     */
    public static MediaEngine start(MediaSettings settings, VoiceActivityModel model, InBandDigits inBandDigits) {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(inBandDigits, "inBandDigits");
        try {
            MediaEngine engine = new MediaEngine(settings, model, inBandDigits);
            engine.shards.forEach(Shard::start);
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the media engine", e);
        }
    }

    /**
     * Opens a session on a free even port, with the odd one above it for reports. It receives from then on, and drops what comes until it is told what was
     * agreed on.
     *
     * @throws NoFreePortException if there is none
     * @throws IllegalStateException if the engine is closed
     */
    public MediaSession open(MediaSessionListener listener) {
        Objects.requireNonNull(listener, "listener");
        if (closed) {
            throw new IllegalStateException("the media engine is closed");
        }
        PortRange.Pair channels = ports.open();
        try {
            InetSocketAddress address = (InetSocketAddress) channels.sound().getLocalAddress();
            return begin(new RtpSession(this, shardOf(address.getPort()), channels, address, null, listener));
        } catch (IOException e) {
            throw new UncheckedIOException("no address of a bound socket", e);
        }
    }

    /**
     * Opens a port to which many may send; who begins to is told.
     *
     * @throws NoFreePortException if the port, or the one above it, is taken
     * @throws IOException if they can't be bound for another reason
     * @throws IllegalStateException if the engine is closed
     */
    public SharedPort share(SharedPortSettings shared, SourceListener listener) throws IOException {
        if (closed) {
            throw new IllegalStateException("the media engine is closed");
        }
        int port = shared.address().getPort();
        PortRange.Pair channels = new PortRange(shared.address().getAddress(), port, port + 1).open();
        SharedPort opening = new SharedPort(this, shardOf(port), channels, shared, listener);
        opening.begin();
        return opening;
    }

    /** A session that receives and sends by a shared port. */
    RtpSession openShared(SharedPort port, MediaSessionListener listener) {
        if (closed || port.isClosed()) {
            throw new IllegalStateException(port + " is closed");
        }
        return begin(new RtpSession(this, port.shard(), port.channels(), port.localAddress(), port, listener));
    }

    private RtpSession begin(RtpSession session) {
        opened.incrementAndGet();
        sessions.add(session);
        session.begin();
        if (closed) {
            session.free();
            throw new IllegalStateException("the media engine is closed");
        }
        return session;
    }

    /** Ports are even and are given out in turn: halved they spread the calls evenly. */
    private Shard shardOf(int port) {
        return shards.get(port / 2 % shards.size());
    }

    InBandDigits inBandDigits() {
        return inBandDigits;
    }

    /** What is offered to far sides and taken from them, best first. */
    public List<CodecType> codecs() {
        return settings.codecs();
    }

    MediaSettings settings() {
        return settings;
    }

    VoiceActivityService voiceActivity() {
        return voiceActivity;
    }

    Bridges bridges() {
        return bridges;
    }

    /** The media threads, for tests. */
    List<Thread> threads() {
        return shards.stream().map(Shard::thread).toList();
    }

    void left(RtpSession session) {
        if (sessions.remove(session)) {
            callbackErrorsOfClosed.addAndGet(session.callbackErrors());
        }
    }

    /** Figures as of now. */
    public MediaStatistics statistics() {
        VoiceActivityService.Statistics voice = voiceActivity.statistics();
        long callbackErrors = callbackErrorsOfClosed.get();
        for (RtpSession session : sessions) {
            callbackErrors += session.callbackErrors();
        }
        return new MediaStatistics(
                sessions.size(),
                opened.get(),
                sum(c -> c.packetsReceived),
                sum(c -> c.packetsSent),
                sum(c -> c.bytesReceived),
                sum(c -> c.bytesSent),
                sum(c -> c.strangers),
                sum(c -> c.malformed),
                sum(c -> c.reportsReceived),
                sum(c -> c.reportsSent),
                sum(c -> c.reportsRefused),
                sum(c -> c.lost),
                sum(c -> c.late),
                sum(c -> c.duplicates),
                sum(c -> c.concealed),
                sum(c -> c.underruns),
                sum(c -> c.silentFrames),
                sum(c -> c.sendFailures),
                sum(c -> c.framesPaced),
                sum(c -> c.framesLate),
                sum(c -> c.roundsSkipped),
                lateness(),
                sum(c -> c.sessionErrors),
                callbackErrors,
                sum(c -> c.threadErrors),
                sum(c -> c.mediaTimeouts),
                voice.windows(),
                voice.skipped(),
                voice.dropped(),
                voice.batches(),
                voice.nanos(),
                voice.errors());
    }

    private long sum(Function<ShardCounters, Counter> which) {
        long sum = 0;
        for (Shard shard : shards) {
            sum += which.apply(shard.counters).get();
        }
        return sum;
    }

    private List<Long> lateness() {
        List<Long> sums = new ArrayList<>(shards.getFirst().counters.lateness.counts());
        for (Shard shard : shards.subList(1, shards.size())) {
            List<Long> counts = shard.counters.lateness.counts();
            for (int i = 0; i < sums.size(); i++) {
                sums.set(i, sums.get(i) + counts.get(i));
            }
        }
        return sums;
    }

    /** Closes every session and ends the threads. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        shards.forEach(Shard::close);
        // those that came too late for their shard
        sessions.forEach(RtpSession::free);
        voiceActivity.close();
    }
}
