package dev.trunkline.media.engine;

import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.rtp.Rtcp;
import dev.trunkline.media.rtp.RtpPacket;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One port to which many peers send, told apart by address and SSRC: hands each datagram to the session of its source, and
 * tells of new sources. All of its sessions live on one media thread and send from this port.
 *
 * <p>The methods for others are thread-safe; everything else is of the shard's thread. With many sources the system's
 * address objects are made anew for each packet; nothing else is allocated.
 */
public final class SharedPort implements AutoCloseable {

    private static final Logger LOG = System.getLogger(SharedPort.class.getName());
    private static final long SECOND = 1_000_000_000L;
    private static final int SSRC_OF_REPORT = 4;

    /** Datagrams read before the shard looks after its other sockets. */
    private static final int MOST_AT_ONCE = 16;

    private static final int RECEIVE_BUFFER = 1 << 20;

    /** Sources that are over and send on; beyond that nobody new is taken. */
    private static final int MOST_OVER = 1_000;

    private final MediaEngine engine;
    private final Shard shard;
    private final PortRange.Pair channels;
    private final InetSocketAddress localAddress;
    private final SharedPortSettings settings;
    private final SourceListener listener;
    private final boolean[] beginning = new boolean[128];
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger sessions = new AtomicInteger();

    private final SourceTable sources = new SourceTable();
    private final RtpPacket packet = new RtpPacket();
    private final Counter appeared = new Counter();
    private final Counter malformed = new Counter();
    private final Counter refusedFull = new Counter();
    private final Counter refusedRate = new Counter();
    private final Counter afterEnd = new Counter();
    private double allowance;
    private long lastAllowance = System.nanoTime();
    private long lastSweep = lastAllowance;

    SharedPort(
            MediaEngine engine,
            Shard shard,
            PortRange.Pair channels,
            SharedPortSettings settings,
            SourceListener listener)
            throws IOException {
        this.engine = engine;
        this.shard = shard;
        this.channels = channels;
        this.settings = settings;
        this.listener = listener;
        localAddress = (InetSocketAddress) channels.sound().getLocalAddress();
        channels.sound().setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        allowance = settings.newPerSecond();
        settings.beginning().forEach(type -> beginning[type] = true);
    }

    /** One of the two sockets. */
    private final class Socket implements ReadyPort {

        private final DatagramChannel channel;
        private final boolean ofReports;

        Socket(DatagramChannel channel, boolean ofReports) {
            this.channel = channel;
            this.ofReports = ofReports;
        }

        @Override
        public void receive(Shard on) throws IOException {
            for (int i = 0; i < MOST_AT_ONCE && receiveOne(on); i++) {
                // it is the port of many
            }
        }

        private boolean receiveOne(Shard on) throws IOException {
            ByteBuffer inbound = on.inbound;
            inbound.clear();
            InetSocketAddress from = channel.isOpen() ? (InetSocketAddress) channel.receive(inbound) : null;
            if (from == null) {
                return false;
            }
            int length = inbound.flip().remaining();
            inbound.get(on.received, 0, length);
            if (ofReports || Rtcp.isRtcp(on.received, 0, length)) {
                report(on, length, from);
            } else {
                sound(on, length, from, System.nanoTime());
            }
            return true;
        }

        /** What one source sent must not close the port for the others. */
        @Override
        public void fail(Throwable e) {
            malformed.increment();
        }

        @Override
        public void leave() {
            SharedPort.this.leave();
        }
    }

    /** Has it taken in by its shard. Any thread. */
    void begin() {
        shard.execute(() -> {
            try {
                shard.watch(this);
            } catch (IOException e) {
                LOG.log(Level.ERROR, this + " cannot begin", e);
                leave();
            }
        });
    }

    void register(Selector selector) throws IOException {
        channels.sound().register(selector, SelectionKey.OP_READ, new Socket(channels.sound(), false));
        channels.reports().register(selector, SelectionKey.OP_READ, new Socket(channels.reports(), true));
    }

    private void sound(Shard on, int length, InetSocketAddress from, long now) {
        if (packet.wrap(on.received, 0, length) != RtpPacket.Fault.NONE) {
            malformed.increment();
            return;
        }
        SourceTable.Source known = sources.find(from, packet.ssrc());
        if (known == null) {
            stranger(from, now);
            return;
        }
        known.lastHeard = now;
        RtpSession session = known.session;
        if (session != null) {
            give(on, session, false, length, from);
        } else if (known.over) {
            afterEnd.increment();
        }
    }

    private void report(Shard on, int length, InetSocketAddress from) {
        if (length < 2 * SSRC_OF_REPORT) {
            malformed.increment();
            return;
        }
        int ssrc = ByteBuffer.wrap(on.received, SSRC_OF_REPORT, SSRC_OF_REPORT).getInt();
        SourceTable.Source source = sources.findByHost(from, ssrc);
        RtpSession session = source == null ? null : source.session;
        if (source == null || session == null) {
            malformed.increment();
        } else {
            give(on, session, !source.address.equals(from), length, from);
        }
    }

    /** A session that fails is closed, and the port goes on for the others. */
    private static void give(Shard on, RtpSession session, boolean ofReports, int length, InetSocketAddress from) {
        try {
            if (ofReports) {
                session.reportOnOwnPort(on, length, from);
            } else {
                session.datagram(on, length, from);
            }
        } catch (Exception | LinkageError | AssertionError e) {
            on.fail(session, e);
        }
    }

    private void stranger(InetSocketAddress from, long now) {
        if (now - lastSweep > SECOND) {
            lastSweep = now;
            sources.sweep(now);
        }
        if (!beginning[packet.payloadType()]) {
            malformed.increment();
        } else if (closed.get() || sessions.get() >= settings.mostSources() || sources.over() >= MOST_OVER) {
            refusedFull.increment();
        } else if (sources.proves(from, packet.ssrc(), packet.sequence())) {
            if (allowed(now)) {
                sessions.incrementAndGet();
                appeared.increment();
                listener.appeared(new Appeared(sources.add(from, packet.ssrc(), now), packet.payloadType()));
            } else {
                refusedRate.increment();
            }
        }
    }

    private boolean allowed(long now) {
        double most = 2.0 * settings.newPerSecond();
        allowance = Math.min(most, allowance + (double) (now - lastAllowance) / SECOND * settings.newPerSecond());
        lastAllowance = now;
        if (allowance < 1) {
            return false;
        }
        allowance--;
        return true;
    }

    private final class Appeared implements NewSource {

        private final SourceTable.Source source;
        private final int payloadType;

        Appeared(SourceTable.Source source, int payloadType) {
            this.source = source;
            this.payloadType = payloadType;
        }

        @Override
        public InetSocketAddress address() {
            return source.address;
        }

        @Override
        public int ssrc() {
            return source.ssrc;
        }

        @Override
        public int payloadType() {
            return payloadType;
        }

        @Override
        public MediaSession accept(MediaSessionListener sessionListener) {
            RtpSession session = engine.openShared(SharedPort.this, sessionListener);
            shard.execute(() -> attach(session));
            return session;
        }

        private void attach(RtpSession session) {
            if (session.isClosed()) {
                forget(source);
            } else {
                source.session = session;
            }
        }

        @Override
        public void decline() {
            shard.execute(() -> forget(source));
        }
    }

    Shard shard() {
        return shard;
    }

    PortRange.Pair channels() {
        return channels;
    }

    boolean isClosed() {
        return closed.get();
    }

    /** A session of it is over; on the shard's thread. */
    void left(RtpSession session) {
        for (SourceTable.Source source : sources.all()) {
            if (source.session == session) {
                forget(source);
            }
        }
    }

    private void forget(SourceTable.Source source) {
        if (!source.over) {
            sources.end(source);
            sessions.decrementAndGet();
        }
    }

    /** Where it listens. */
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    /** Sources that have a session, or are about to. */
    public int sessions() {
        return sessions.get();
    }

    /** Sources that were new. */
    public long appeared() {
        return appeared.get();
    }

    /** Datagrams that were no RTP, or of nobody and with no payload type to begin with. */
    public long malformed() {
        return malformed.get();
    }

    /** Packets of new sources that found every place taken. */
    public long refusedFull() {
        return refusedFull.get();
    }

    /** New sources that were not taken because too many came at once. */
    public long refusedRate() {
        return refusedRate.get();
    }

    /** Packets of those whose session is over. */
    public long afterEnd() {
        return afterEnd.get();
    }

    /** Ends all of its sessions and frees the port. Calls that run are cut off; to let them end, close them first. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            shard.execute(this::leave);
        }
    }

    private void leave() {
        closed.set(true);
        for (SourceTable.Source source : sources.all()) {
            RtpSession session = source.session;
            if (session != null) {
                session.leave();
            }
        }
        try (DatagramChannel reports = channels.reports()) {
            channels.sound().close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, this + " closed untidily: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "shared port " + localAddress.getPort();
    }
}
