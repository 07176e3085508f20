package dev.trunkline.media.engine;

import dev.trunkline.media.engine.MediaEvent.MediaFailed;
import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.handover.LatenessHistogram;
import dev.trunkline.media.playout.Playout;
import dev.trunkline.media.playout.PlayoutBuffer;
import dev.trunkline.media.quality.CallQuality;
import dev.trunkline.media.quality.CodecImpairment;
import dev.trunkline.media.rtcp.FarSide;
import dev.trunkline.media.rtp.Rtcp;
import dev.trunkline.media.srtp.SrtpKeys;
import dev.trunkline.media.vad.VoiceActivitySettings;
import dev.trunkline.media.vad.VoiceStream;
import dev.trunkline.sound.AudioFormat;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call's RTP port: reads its datagrams into {@link Receiving}, sends what {@link Speaking} makes once a round, and
 * takes the orders of other threads to the shard's. Everything but the public methods runs on the shard's thread.
 */
final class RtpSession implements MediaSession, ReadyPort {

    private static final Logger LOG = System.getLogger(RtpSession.class.getName());
    private static final int ROUNDS_BETWEEN_TOTALS = 50;
    private static final int PACKETS_OF_A_SECOND = 50;

    private final MediaEngine engine;
    private final Shard shard;
    private final DatagramChannel channel;
    private final ReportPort reportPort;
    private final @Nullable SharedPort shared;
    private final InetSocketAddress localAddress;
    private final SessionEvents events;
    private final SoundRate soundRate = new SoundRate();
    private final PlayoutBuffer playout;
    private final VoiceStream voice;
    private final AtomicBoolean closed = new AtomicBoolean();

    // of the shard's thread from here on
    int slot;

    private @Nullable SelectionKey key;
    private boolean joined;
    private final Receiving receiving;
    private final Speaking speaking;
    private final Reporting reporting;
    private final Protection protection = new Protection();
    private final SessionTotals totals;
    private @Nullable Agreement agreement;
    private volatile boolean gone;
    private final Counter lateSends = new Counter();
    private final Counter sendFailures = new Counter();

    RtpSession(
            MediaEngine engine,
            Shard shard,
            PortRange.Pair channels,
            InetSocketAddress localAddress,
            @Nullable SharedPort shared,
            MediaSessionListener listener) {
        this.engine = engine;
        this.shard = shard;
        this.channel = channels.sound();
        this.localAddress = localAddress;
        this.shared = shared;
        MediaSettings settings = engine.settings();
        events = new SessionEvents(toString(), soundRate, listener);
        playout = events.playout();
        voice = engine.voiceActivity().watch(shard.index, settings.voiceActivity(), events);
        receiving = new Receiving(settings, engine.inBandDigits(), shard.counters, events, voice, soundRate);
        speaking = new Speaking(playout, soundRate);
        totals = new SessionTotals(shard.counters, receiving, playout);
        reporting = new Reporting(shard.counters, receiving, speaking);
        reportPort = new ReportPort(this, channels.reports(), reporting, protection);
    }

    /** Has it taken in by its shard. Any thread. */
    void begin() {
        shard.execute(this::join);
    }

    private void join() {
        try {
            shard.add(this);
        } catch (IOException e) {
            shard.counters.sessionErrors.increment();
            LOG.log(Level.ERROR, this + " cannot begin", e);
            fail(e);
        }
    }

    /** Has its sockets watched. */
    void register(Selector selector) throws IOException {
        if (shared == null) {
            key = channel.register(selector, SelectionKey.OP_READ, this);
            reportPort.register(selector);
        }
        joined = true;
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public void negotiate(RtpParameters parameters) {
        Objects.requireNonNull(parameters, "parameters");
        Agreement next = new Agreement(parameters);
        int codecRate = parameters.send().codec().sampleRate();
        soundRate.follow(codecRate, () -> shard.execute(() -> agree(next)));
    }

    @Override
    public AudioFormat format() {
        return AudioFormat.pcm(soundRate.settle());
    }

    private void agree(Agreement next) {
        if (gone) {
            return;
        }
        agreement = next;
        receiving.agree(next, System.nanoTime());
        speaking.agree(next.parameters);
        reporting.agree(next.parameters);
    }

    @Override
    public void protect(@Nullable SrtpKeys keys) {
        shard.execute(() -> protection.agree(keys));
    }

    @Override
    public void sendAsAgreed() {
        shard.execute(receiving::keepTarget);
    }

    @Override
    public void hear(@Nullable HearingSink newSink) {
        shard.execute(() -> receiving.hear(newSink));
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
        checkKeys(keys);
        shard.execute(() -> speaking.sendDigits(keys));
    }

    @Override
    public void sendTones(String keys) {
        checkKeys(keys);
        shard.execute(() -> speaking.sendTones(keys));
    }

    private static void checkKeys(String keys) {
        if (!keys.chars().allMatch(key -> "0123456789*#ABCDabcd".indexOf(key) >= 0)) {
            throw new IllegalArgumentException("not telephone keys: " + keys.length() + " characters");
        }
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
            receiving.bridge(into);
            speaking.bridge(from);
        });
    }

    @Override
    public void receive(Shard on) throws IOException {
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
        datagram(on, length, (InetSocketAddress) source);
    }

    /** What the shard has read on the sound's port is this session's. */
    void datagram(Shard on, int length, InetSocketAddress from) {
        boolean report = Rtcp.isRtcp(on.received, 0, length);
        int open = protection.open(on.received, length, report);
        if (open < 0) {
            receiving.refuse();
        } else if (report) {
            reporting.onSoundPort(on.received, open, from, System.nanoTime());
        } else {
            receiving.datagram(on.received, open, from, System.nanoTime());
        }
    }

    /** What the shard has read on the reports' port is this session's. */
    void reportOnOwnPort(Shard on, int length, InetSocketAddress from) {
        reporting.onOwnPort(on.received, length, from, System.nanoTime());
    }

    /** Its turn: sends a frame and looks after what goes by the clock. */
    void round(Shard on, long round, long deadline) throws IOException {
        long now = System.nanoTime();
        receiving.tick(now);
        speaking.clock(round, deadline);
        Agreement agreed = agreement;
        InetSocketAddress target = receiving.source();
        if (agreed != null && agreed.sends() && target != null) {
            int length = speaking.packet(on.toSend, round, now);
            while (length > 0) {
                send(on, target, protection.protect(on.toSend, length));
                length = speaking.nextPacket(on.toSend);
            }
            paced(on, deadline);
            playout.sent();
        } else {
            speaking.pause();
        }
        if (round % ROUNDS_BETWEEN_TOTALS == 0) {
            totals.update();
        }
        report(on, reporting.due(on.toSend, now));
    }

    private void report(Shard on, int length) {
        InetSocketAddress target = reporting.target();
        if (length > 0 && target != null) {
            DatagramChannel way = reporting.muxed() ? channel : reportPort.channel();
            int toSend = protection.protectReport(on.toSend, length);
            try {
                way.send(on.outbound.clear().put(on.toSend, 0, toSend).flip(), target);
            } catch (IOException e) {
                // nobody is promised a report, and whoever does not listen need not be told of in the log
                on.counters.sendFailures.increment();
            }
        }
    }

    private void send(Shard on, InetSocketAddress to, int length) {
        ByteBuffer outbound = on.outbound;
        outbound.clear().put(on.toSend, 0, length).flip();
        try {
            if (channel.send(outbound, to) > 0) {
                on.counters.packetsSent.increment();
                on.counters.bytesSent.add(length);
            } else {
                countSendFailure(to, null);
            }
        } catch (IOException e) {
            countSendFailure(to, e);
        }
    }

    private void paced(Shard on, long deadline) {
        long late = System.nanoTime() - deadline;
        on.counters.framesPaced.increment();
        on.counters.lateness.record(late);
        if (late > LatenessHistogram.LATE_NANOS) {
            lateSends.increment();
            on.counters.framesLate.increment();
        }
    }

    private void countSendFailure(InetSocketAddress to, @Nullable IOException e) {
        shard.counters.sendFailures.increment();
        sendFailures.increment();
        if (sendFailures.get() == 1) {
            String why = e == null ? "no room" : String.valueOf(e.getMessage());
            LOG.log(Level.WARNING, this + " cannot send to " + to + ": " + why);
        }
    }

    /** Closes because of an exception of its own. */
    @Override
    public void fail(Throwable e) {
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

    /** Says goodbye and frees everything. */
    @Override
    public void leave() {
        if (!gone && joined) {
            report(shard, reporting.goodbye(shard.toSend, System.nanoTime()));
        }
        free();
    }

    /** Frees everything of a session that its shard has never seen, or sees no more. */
    void free() {
        if (gone) {
            return;
        }
        gone = true;
        closed.set(true);
        if (key != null) {
            key.cancel();
        }
        if (joined) {
            shard.remove(this);
        }
        voice.close();
        totals.update();
        receiving.close();
        speaking.close();
        if (shared == null) {
            closeSockets();
        } else {
            shared.left(this);
        }
        engine.left(this);
    }

    private void closeSockets() {
        try (DatagramChannel reports = reportPort.channel()) {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, this + " closed untidily: " + e.getMessage());
        }
    }

    @Override
    public SessionStatistics statistics() {
        FarSide far = reporting.farSide();
        return new SessionStatistics(
                receiving.packets(),
                speaking.packets(),
                receiving.lost(),
                receiving.late(),
                receiving.duplicates(),
                receiving.strangers(),
                receiving.malformed(),
                receiving.jitterMillis(),
                receiving.concealedFrames(),
                playout.underruns(),
                playout.silentFrames(),
                lateSends.get(),
                playout.refusedOld() + playout.refusedFull(),
                receiving.bridgeDropped(),
                speaking.digitsDropped(),
                events.errors(),
                speaking.ssrc,
                receiving.ssrc(),
                far,
                reporting.received(),
                meanOpinion(far),
                farMeanOpinion(far),
                receiving.lastPacketNanos());
    }

    private double meanOpinion(FarSide far) {
        long received = receiving.packets();
        if (received < PACKETS_OF_A_SECOND) {
            return Double.NaN;
        }
        double missed = receiving.lost() + receiving.late();
        return new CallQuality(
                        Math.min(1, missed / (received + receiving.lost())),
                        receiving.jitterMillis(),
                        far.roundTripMillis(),
                        CodecImpairment.of(receiving.heardCodec()))
                .meanOpinion();
    }

    private double farMeanOpinion(FarSide far) {
        return far.known()
                ? new CallQuality(
                                far.lossRatio(),
                                far.jitterMillis(),
                                far.roundTripMillis(),
                                CodecImpairment.of(speaking.codec()))
                        .meanOpinion()
                : Double.NaN;
    }

    long callbackErrors() {
        return events.errors();
    }

    @Override
    public String toString() {
        return "media session on port " + localAddress.getPort();
    }
}
