package dev.trunkline.media.engine;

import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.engine.MediaEvent.FirstPacket;
import dev.trunkline.media.engine.MediaEvent.MediaFailed;
import dev.trunkline.media.engine.MediaEvent.MediaTimedOut;
import dev.trunkline.media.engine.MediaEvent.SourceChanged;
import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.handover.LatenessHistogram;
import dev.trunkline.media.playout.Playout;
import dev.trunkline.media.playout.PlayoutBuffer;
import dev.trunkline.media.rtp.RtpPacket;
import dev.trunkline.media.rtp.RtpStatistics;
import dev.trunkline.media.rtp.SequenceTracker.Arrival;
import dev.trunkline.media.rtp.SourceLock;
import dev.trunkline.media.rtp.SourceLock.Verdict;
import dev.trunkline.media.rtp.TelephoneEventReceiver;
import dev.trunkline.media.vad.VoiceActivitySettings;
import dev.trunkline.media.vad.VoiceStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call's RTP port. What comes in goes source lock, statistics, then digits or hearing and bridge; what goes out is
 * made by {@link Speaking} once a round. Everything but the public methods runs on the shard's thread.
 */
final class RtpSession implements MediaSession {

    private static final Logger LOG = System.getLogger(RtpSession.class.getName());
    private static final int ROUNDS_BETWEEN_TOTALS = 50;
    private static final int CLOCK_RATE = 8_000;

    private final MediaEngine engine;
    private final Shard shard;
    private final DatagramChannel channel;
    private final InetSocketAddress localAddress;
    private final long mediaTimeoutNanos;
    private final SessionEvents events;
    private final PlayoutBuffer playout;
    private final VoiceStream voice;
    private final AtomicBoolean closed = new AtomicBoolean();

    // of the shard's thread from here on
    @Nullable
    SelectionKey key;

    int slot;
    private final RtpPacket packet = new RtpPacket();
    private final RtpStatistics received = new RtpStatistics(CLOCK_RATE, 1);
    private final SourceLock lock = new SourceLock(null);
    private final TelephoneEventReceiver digits;
    private final Hearing hearing;
    private final Speaking speaking;
    private final SessionTotals totals;
    private @Nullable Agreement agreement;
    private @Nullable HearingSink sink;
    private @Nullable InetSocketAddress target;
    private @Nullable BridgeInlet outlet;
    private @Nullable BridgeInlet inlet;
    private volatile boolean gone;
    private boolean anyPacket;
    private boolean timedOut;
    private long quietSince;
    private int remoteSsrc;
    private final Counter accepted = new Counter();
    private final Counter strangers = new Counter();
    private final Counter malformed = new Counter();
    private final Counter lateSends = new Counter();
    private final Counter sendFailures = new Counter();
    private final Counter bridgeDropped = new Counter();
    private final Counter lastPacket = new Counter();
    private final Counter remoteSsrcSeen = new Counter();

    RtpSession(
            MediaEngine engine,
            Shard shard,
            DatagramChannel channel,
            InetSocketAddress localAddress,
            MediaSessionListener listener) {
        this.engine = engine;
        this.shard = shard;
        this.channel = channel;
        this.localAddress = localAddress;
        MediaSettings settings = engine.settings();
        mediaTimeoutNanos = settings.mediaTimeout().toNanos();
        events = new SessionEvents(toString(), listener);
        playout = events.playout();
        voice = engine.voiceActivity().watch(shard.index, settings.voiceActivity(), events);
        digits = new TelephoneEventReceiver(CLOCK_RATE, events);
        hearing = new Hearing(settings.reorderPackets(), this::heard);
        speaking = new Speaking(playout);
        totals = new SessionTotals(shard.counters, received, hearing, playout);
        quietSince = System.nanoTime();
    }

    /** Has it taken in by its shard. Any thread. */
    void begin() {
        shard.execute(this::join);
    }

    private void join() {
        try {
            shard.add(this, channel);
        } catch (IOException e) {
            shard.counters.sessionErrors.increment();
            LOG.log(Level.ERROR, this + " cannot begin", e);
            fail(e);
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public void negotiate(RtpParameters parameters) {
        Objects.requireNonNull(parameters, "parameters");
        Agreement next = new Agreement(parameters);
        shard.execute(() -> agree(next));
    }

    private void agree(Agreement next) {
        Agreement before = agreement;
        agreement = next;
        InetSocketAddress named = next.parameters.remote();
        if (named != null && !named.getAddress().isAnyLocalAddress()) {
            boolean moved = before == null || !named.equals(before.parameters.remote());
            if (moved) {
                lock.renegotiate(named);
                if (!named.equals(lock.source())) {
                    target = named;
                }
            }
        }
        hearing.codecs(next.codecs);
        speaking.agree(next.parameters);
        quietSince = System.nanoTime();
        timedOut = false;
    }

    @Override
    public void hear(@Nullable HearingSink newSink) {
        shard.execute(() -> sink = newSink);
    }

    @Override
    public void voiceActivity(VoiceActivitySettings settings) {
        voice.settings(Objects.requireNonNull(settings, "settings"));
    }

    @Override
    public Playout playout() {
        return playout;
    }

    @Override
    public void sendDigits(String keys) {
        if (!keys.chars().allMatch(key -> "0123456789*#ABCDabcd".indexOf(key) >= 0)) {
            throw new IllegalArgumentException("not telephone keys: " + keys.length() + " characters");
        }
        shard.execute(() -> speaking.sendDigits(keys));
    }

    @Override
    public void bridge(MediaSession other) {
        engine.bridges().connect(this, (RtpSession) other);
    }

    @Override
    public void unbridge() {
        engine.bridges().disconnect(this);
    }

    /** Gives what it receives to one inlet and plays what comes from another; nulls end a bridge. Any thread. */
    void connect(@Nullable BridgeInlet into, @Nullable BridgeInlet from) {
        shard.execute(() -> {
            bridgeDropped.add(outlet == null || outlet == into ? 0 : outlet.dropped());
            outlet = into;
            inlet = from;
            speaking.bridge(from);
        });
    }

    /** Reads one datagram. */
    void receive(Shard on) throws IOException {
        if (gone) {
            return;
        }
        ByteBuffer inbound = on.inbound;
        inbound.clear();
        // the channel gives the same address object for the same source as the time before
        SocketAddress source = channel.receive(inbound);
        if (source == null) {
            return;
        }
        int length = inbound.flip().remaining();
        inbound.get(on.received, 0, length);
        datagram(on, (InetSocketAddress) source, length, System.nanoTime());
    }

    private void datagram(Shard on, InetSocketAddress source, int length, long now) {
        RtpPacket.Fault fault = packet.wrap(on.received, 0, length);
        Agreement agreed = agreement;
        if (fault == RtpPacket.Fault.RTCP) {
            return;
        }
        if (fault != RtpPacket.Fault.NONE || agreed == null || !agreed.accepts(packet.payloadType())) {
            malformed.increment();
            on.counters.malformed.increment();
            return;
        }
        Verdict verdict = lock.onPacket(source, packet.ssrc(), packet.sequence(), now);
        if (!verdict.usable()) {
            strangers.increment();
            on.counters.strangers.increment();
            return;
        }
        boolean moved = verdict == Verdict.LOCKED && anyPacket;
        target = verdict == Verdict.LOCKED ? source : target;
        accept(on, agreed, source, moved, length, now);
    }

    private void accept(Shard on, Agreement agreed, InetSocketAddress source, boolean moved, int length, long now) {
        int payloadType = packet.payloadType();
        CodecType codec = agreed.typeOf(payloadType);
        accepted.increment();
        on.counters.packetsReceived.increment();
        on.counters.bytesReceived.add(length);
        lastPacket.set(now);
        quietSince = now;
        timedOut = false;
        Arrival arrival = received.onPacket(packet.ssrc(), packet.sequence(), packet.timestamp(), codec != null, now);
        if (!anyPacket) {
            anyPacket = true;
            setSsrc();
            events.tell(new FirstPacket(now, source));
        } else if (moved || arrival == Arrival.NEW_SOURCE && packet.ssrc() != remoteSsrc) {
            setSsrc();
            events.tell(new SourceChanged(now, source, remoteSsrc));
        }
        if (!agreed.receives()) {
            return;
        }
        if (agreed.isDigits(payloadType)) {
            digits.onPacket(
                    packet.ssrc(),
                    packet.timestamp(),
                    packet.array(),
                    packet.payloadOffset(),
                    packet.payloadLength(),
                    now);
        } else if (outlet != null && codec != null && arrival.usable()) {
            outlet.offer(packet, codec, now);
        }
        hearing.packet(packet, now);
    }

    private void setSsrc() {
        remoteSsrc = packet.ssrc();
        remoteSsrcSeen.set(remoteSsrc);
    }

    private void heard(short[] samples, int length, long position, long arrivalNanos) {
        voice.hear(samples, length, position, arrivalNanos);
        HearingSink to = sink;
        if (to != null) {
            try {
                to.heard(samples, length, position, arrivalNanos);
            } catch (RuntimeException | LinkageError | AssertionError e) {
                events.callbackFailed("sink", e);
            }
        }
    }

    /** Its turn: sends a frame and looks after what goes by the clock. */
    void round(Shard on, long round, long deadline) throws IOException {
        long now = System.nanoTime();
        hearing.tick(now);
        digits.poll(now);
        Agreement agreed = agreement;
        if (agreed == null) {
            return;
        }
        watchForSilence(agreed, now);
        if (agreed.sends() && target != null) {
            send(on, target, speaking.packet(on.toSend, round, now), deadline);
            playout.sent();
        } else {
            speaking.pause();
        }
        if (round % ROUNDS_BETWEEN_TOTALS == 0) {
            totals.update();
        }
    }

    private void watchForSilence(Agreement agreed, long now) {
        if (!agreed.receives()) {
            quietSince = now;
        } else if (!timedOut && now - quietSince >= mediaTimeoutNanos) {
            timedOut = true;
            shard.counters.mediaTimeouts.increment();
            events.tell(new MediaTimedOut(now));
        }
    }

    private void send(Shard on, InetSocketAddress to, int length, long deadline) {
        if (length > 0) {
            ByteBuffer outbound = on.outbound;
            outbound.clear().put(on.toSend, 0, length).flip();
            try {
                if (channel.send(outbound, to) > 0) {
                    on.counters.packetsSent.increment();
                    on.counters.bytesSent.add(length);
                } else {
                    countSendFailure(null);
                }
            } catch (IOException e) {
                countSendFailure(e);
            }
        }
        long late = System.nanoTime() - deadline;
        on.counters.framesPaced.increment();
        on.counters.lateness.record(late);
        if (late > LatenessHistogram.LATE_NANOS) {
            lateSends.increment();
            on.counters.framesLate.increment();
        }
    }

    private void countSendFailure(@Nullable IOException e) {
        shard.counters.sendFailures.increment();
        sendFailures.increment();
        if (sendFailures.get() == 1) {
            String why = e == null ? "no room" : String.valueOf(e.getMessage());
            LOG.log(Level.WARNING, this + " cannot send to " + target + ": " + why);
        }
    }

    /** Closes because of an exception of its own; on the shard's thread. */
    void fail(Throwable e) {
        events.tell(new MediaFailed(System.nanoTime(), String.valueOf(e)));
        if (closed.compareAndSet(false, true)) {
            engine.bridges().disconnect(this);
        }
        leave();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            engine.bridges().disconnect(this);
            shard.execute(this::leave);
        }
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Frees everything; on the shard's thread. */
    void leave() {
        if (gone) {
            return;
        }
        gone = true;
        closed.set(true);
        if (key != null) {
            key.cancel();
            shard.remove(this);
        }
        voice.close();
        totals.update();
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, this + " closed untidily: " + e.getMessage());
        }
        engine.left(this);
    }

    @Override
    public SessionStatistics statistics() {
        BridgeInlet out = outlet;
        return new SessionStatistics(
                accepted.get(),
                speaking.packets(),
                received.lost(),
                hearing.late(),
                received.duplicate(),
                strangers.get(),
                malformed.get(),
                received.jitterMillis(),
                hearing.concealedFrames(),
                playout.underruns(),
                playout.silentFrames(),
                lateSends.get(),
                playout.refusedOld() + playout.refusedFull(),
                bridgeDropped.get() + (out == null ? 0 : out.dropped()),
                speaking.digitsDropped(),
                events.errors(),
                speaking.ssrc,
                (int) remoteSsrcSeen.get(),
                lastPacket.get());
    }

    long callbackErrors() {
        return events.errors();
    }

    @Override
    public String toString() {
        return "media session on port " + localAddress.getPort();
    }
}
