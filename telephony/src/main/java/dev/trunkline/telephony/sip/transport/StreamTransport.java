package dev.trunkline.telephony.sip.transport;

import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * SIP over TCP or TLS: listens, and keeps the connections with all peers. A request to a target goes by the connection
 * that we have opened to it, else by a new one; what {@link #sendBack} sends goes by the very connection of that peer.
 * SIP thread only, but for opening and closing.
 */
public final class StreamTransport implements SipTransport {

    private static final Logger LOG = System.getLogger(StreamTransport.class.getName());

    /** A connection that we have opened is for an address and, with TLS, for the name that its certificate was for. */
    private record Target(InetSocketAddress address, String name) {}

    private final TransportProtocol protocol;
    private final SipEventLoop loop;
    private final Receiver receiver;
    private final SipCounters counters;
    private final StreamLimits limits;
    private final @Nullable TlsContexts tls;
    private final InetAddress bound;
    private final Map<InetSocketAddress, StreamConnection> open = new HashMap<>();
    private final Map<Target, StreamConnection> opened = new HashMap<>();
    private final Set<StreamConnection> all = new HashSet<>();
    private final Map<InetAddress, Integer> accepted = new HashMap<>();
    private int acceptedInAll;
    private volatile int count;
    private boolean shut;
    private @Nullable Channel listening;
    private @Nullable ScheduledFuture<?> checks;

    private StreamTransport(
            SipEventLoop loop,
            InetAddress bound,
            Receiver receiver,
            SipCounters counters,
            StreamLimits limits,
            @Nullable TlsContexts tls) {
        this.protocol = tls == null ? TransportProtocol.TCP : TransportProtocol.TLS;
        this.loop = loop;
        this.bound = bound;
        this.receiver = receiver;
        this.counters = counters;
        this.limits = limits;
        this.tls = tls;
    }

    /**
     * Opens the port; {@link #startReading} begins to take connections. Not to be called on the SIP thread.
     *
     * @param bind address and port; port 0 takes a free one
     * @param tls what to encrypt with, null for TCP
     * @throws PortInUseException if the port is taken
     * @throws IOException if it can't be bound for another reason
     */
    public static StreamTransport open(
            SipEventLoop loop,
            InetSocketAddress bind,
            Receiver receiver,
            SipCounters counters,
            StreamLimits limits,
            @Nullable TlsContexts tls)
            throws IOException {
        StreamTransport transport = connecting(loop, bind.getAddress(), receiver, counters, limits, tls);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop.netty())
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        transport.accept(channel);
                    }
                });
        ChannelFuture future = bootstrap.bind(bind).awaitUninterruptibly();
        if (!future.isSuccess()) {
            Throwable cause = future.cause();
            transport.close();
            if (cause instanceof BindException
                    && String.valueOf(cause.getMessage()).contains("in use")) {
                throw new PortInUseException(transport.protocol, bind, cause);
            }
            throw new IOException("cannot bind " + transport.protocol + " " + bind + ": " + cause.getMessage(), cause);
        }
        transport.listening = future.channel();
        return transport;
    }

    /** Opens no port: for connections to others only. */
    public static StreamTransport connecting(
            SipEventLoop loop,
            InetAddress bound,
            Receiver receiver,
            SipCounters counters,
            StreamLimits limits,
            @Nullable TlsContexts tls) {
        StreamTransport transport = new StreamTransport(loop, bound, receiver, counters, limits, tls);
        transport.checks = loop.netty().scheduleAtFixedRate(transport::check, 1, 1, TimeUnit.SECONDS);
        return transport;
    }

    @Override
    public void startReading() {
        Channel server = listening;
        if (server != null) {
            server.config().setAutoRead(true);
        }
    }

    @Override
    public TransportProtocol protocol() {
        return protocol;
    }

    @Override
    public InetSocketAddress localAddress() {
        Channel server = listening;
        return server == null ? new InetSocketAddress(bound, 0) : (InetSocketAddress) server.localAddress();
    }

    /** Connections that are open. From any thread. */
    public int connections() {
        return count;
    }

    boolean isEncrypted() {
        return tls != null;
    }

    StreamLimits limits() {
        return limits;
    }

    Receiver receiver() {
        return receiver;
    }

    SipCounters counters() {
        return counters;
    }

    long now() {
        return loop.now();
    }

    // ---- connections that others open

    private void accept(SocketChannel channel) {
        InetSocketAddress peer = channel.remoteAddress();
        if (peer == null || shut) {
            channel.close();
            return;
        }
        int fromThere = accepted.getOrDefault(peer.getAddress(), 0);
        Hop hop = new Hop(protocol, peer);
        if (!receiver.wants(peer)) {
            counters.count(Event.CONNECTION_REFUSED);
            channel.close();
            return;
        }
        if (acceptedInAll >= limits.inAll() || fromThere >= limits.perAddress()) {
            counters.count(Event.CONNECTION_REFUSED);
            receiver.onTrouble("connections", hop, "too many connections, refused one from " + hop);
            channel.close();
            return;
        }
        counters.count(Event.CONNECTION_ACCEPTED);
        accepted.put(peer.getAddress(), fromThere + 1);
        acceptedInAll++;
        StreamConnection connection = new StreamConnection(this, peer, false);
        connection.channel(channel);
        add(connection);
        if (tls != null) {
            channel.pipeline().addLast(tls.accepting(channel, limits.connect()));
        }
        channel.pipeline().addLast(connection);
    }

    // ---- sending

    @Override
    public void send(byte[] message, InetSocketAddress target, Runnable onFailure) {
        Target key =
                new Target(target, tls == null ? "" : target.getHostString().toLowerCase(Locale.ROOT));
        StreamConnection connection = opened.get(key);
        if (connection == null && tls == null) {
            // A peer whose connection comes from the very port that it is called at.
            connection = open.get(target);
        }
        if (connection == null || connection.isClosed()) {
            connection = connect(target, key);
        }
        connection.send(message, onFailure);
    }

    @Override
    public void sendBack(byte[] message, InetSocketAddress peer, Runnable onFailure) {
        StreamConnection connection = open.get(peer);
        if (connection == null) {
            onFailure.run();
        } else {
            connection.send(message, onFailure);
        }
    }

    @Override
    public boolean isConnected(InetSocketAddress peer) {
        return open.containsKey(peer);
    }

    private StreamConnection connect(InetSocketAddress target, Target key) {
        StreamConnection connection = new StreamConnection(this, target, true);
        if (shut) {
            connection.ended();
            return connection;
        }
        add(connection);
        opened.put(key, connection);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop.netty())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.connect().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) throws IOException {
                        connection.channel(channel);
                        if (tls != null) {
                            channel.pipeline().addLast(tls.connecting(channel, target, limits.connect()));
                        }
                        channel.pipeline().addLast(connection);
                    }
                });
        if (!bound.isAnyLocalAddress()) {
            bootstrap.localAddress(bound, 0);
        }
        bootstrap.connect(target).addListener((ChannelFutureListener) done -> {
            if (done.isSuccess()) {
                counters.count(Event.CONNECTION_OPENED);
            } else {
                counters.count(Event.CONNECTION_FAILED);
                receiver.onTrouble(
                        "connect",
                        connection.peer(),
                        connection.peer() + " can't be connected: "
                                + done.cause().getMessage());
                connection.ended();
            }
        });
        return connection;
    }

    // ---- the end of connections

    private void add(StreamConnection connection) {
        all.add(connection);
        open.put(connection.peer().address(), connection);
        count = all.size();
    }

    /** Nothing more is to be sent by it, though it is not closed yet. */
    void noLongerOpen(StreamConnection connection) {
        open.remove(connection.peer().address(), connection);
        opened.values().remove(connection);
    }

    void ended(StreamConnection connection) {
        noLongerOpen(connection);
        if (!all.remove(connection)) {
            return;
        }
        count = all.size();
        if (!connection.isOurs()) {
            acceptedInAll--;
            accepted.computeIfPresent(
                    connection.peer().address().getAddress(), (address, number) -> number == 1 ? null : number - 1);
        }
        receiver.onClosed(connection.peer());
    }

    /** Closes a connection of a peer that does not behave. */
    void drop(StreamConnection connection, String kind, String why) {
        counters.count(Event.CONNECTION_DROPPED);
        receiver.onTrouble(kind, connection.peer(), connection.peer() + " " + why + ": closed");
        connection.close();
    }

    void handshakeFailed(StreamConnection connection, Throwable cause) {
        counters.count(Event.HANDSHAKE_FAILED);
        receiver.onTrouble(
                "handshake", connection.peer(), "no TLS with " + connection.peer() + ": " + rootMessage(cause));
    }

    private static String rootMessage(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    void trouble(Throwable cause) {
        LOG.log(Level.DEBUG, protocol + " connection", cause);
    }

    private void check() {
        long now = loop.now();
        List.copyOf(all).forEach(connection -> connection.check(now));
    }

    @Override
    public void close() {
        Channel server = listening;
        if (server != null) {
            server.close().awaitUninterruptibly(1_000);
        }
        loop.netty()
                .submit(() -> {
                    shut = true;
                    if (checks != null) {
                        checks.cancel(false);
                    }
                    List.copyOf(all).forEach(StreamConnection::close);
                })
                .awaitUninterruptibly(1_000);
    }
}
