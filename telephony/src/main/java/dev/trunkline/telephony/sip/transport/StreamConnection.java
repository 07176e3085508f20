package dev.trunkline.telephony.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One stream with a peer, whoever has opened it. SIP thread only. */
final class StreamConnection extends SimpleChannelInboundHandler<ByteBuf> implements StreamFraming.Sink {

    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_WAITING = 200;
    private static final long LINGER_MS = 1_000;
    private static final long PING_AFTER_MS = 110_000;

    private record Waiting(byte[] message, Runnable onFailure) {}

    private final StreamTransport transport;
    private final Hop peer;
    private final boolean ours;
    private final StreamLimits limits;
    private final StreamFraming framing;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Channel channel;
    private boolean usable;
    private boolean closed;
    private boolean heard;
    private long messages;
    private long begunAt;
    private long usedAt;
    private long pingedAt;
    private long closeAt = Long.MAX_VALUE;

    StreamConnection(StreamTransport transport, InetSocketAddress peer, boolean ours) {
        super(true);
        this.transport = transport;
        this.peer = new Hop(transport.protocol(), peer, true);
        this.ours = ours;
        this.limits = transport.limits();
        this.framing = new StreamFraming(limits.head(), limits.message(), this);
        this.begunAt = transport.now();
        this.usedAt = begunAt;
        this.pingedAt = begunAt;
    }

    Hop peer() {
        return peer;
    }

    /** True if we have opened it. */
    boolean isOurs() {
        return ours;
    }

    boolean isClosed() {
        return closed || closeAt != Long.MAX_VALUE;
    }

    void channel(Channel opened) {
        channel = opened;
    }

    /** The connection stands, with TLS after its handshake: what waits is sent. */
    private void nowUsable() {
        if (usable || closed) {
            return;
        }
        usable = true;
        usedAt = transport.now();
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            write(next.message(), next.onFailure());
        }
    }

    void send(byte[] message, Runnable onFailure) {
        if (isClosed() || !usable && waiting.size() >= MOST_WAITING) {
            onFailure.run();
        } else if (!usable) {
            waiting.add(new Waiting(message, onFailure));
        } else {
            write(message, onFailure);
        }
    }

    private void write(byte[] message, Runnable onFailure) {
        Channel open = channel;
        if (open == null || !open.isActive()) {
            onFailure.run();
            return;
        }
        var buffer = open.unsafe().outboundBuffer();
        if (buffer != null && buffer.totalPendingWriteBytes() > limits.unsent()) {
            transport.drop(this, "unread", "does not read what we send");
            onFailure.run();
            return;
        }
        usedAt = transport.now();
        open.writeAndFlush(Unpooled.wrappedBuffer(message)).addListener((ChannelFutureListener) sent -> {
            if (!sent.isSuccess()) {
                onFailure.run();
            }
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        if (!transport.isEncrypted()) {
            nowUsable();
        }
        context.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                nowUsable();
            } else {
                transport.handshakeFailed(this, handshake.cause());
                close();
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf in) {
        byte[] bytes = new byte[in.readableBytes()];
        in.readBytes(bytes);
        boolean within = framing.isWithinMessage();
        long before = messages;
        framing.feed(bytes);
        if (framing.isWithinMessage() && (!within || messages != before)) {
            begunAt = transport.now();
        }
    }

    @Override
    public void onMessage(byte[] message) {
        messages++;
        heard = true;
        usedAt = transport.now();
        if (transport.receiver().wants(peer.address())) {
            transport.receiver().onMessage(message, peer);
        }
        if (isClosed()) {
            framing.stop();
        }
    }

    @Override
    public void onPing() {
        heard = true;
        usedAt = transport.now();
        if (channel != null && usable) {
            write(PONG, () -> {});
        }
    }

    @Override
    public void onFault(byte[] begun, StreamFault fault) {
        transport.counters().count(SipCounters.Event.CONNECTION_DROPPED);
        transport.receiver().onUnframed(begun, fault, peer);
        // Closing with unread input would reset the connection, and the answer would be lost with it.
        closeAt = transport.now() + LINGER_MS;
        transport.noLongerOpen(this);
    }

    /** Called once a second. */
    void check(long now) {
        if (now >= closeAt) {
            close();
        } else if (framing.isWithinMessage()
                && now - begunAt > limits.wholeWithin().toMillis()) {
            transport.drop(this, "slow", "takes too long for a message");
        } else if (!ours && !heard && now - begunAt > limits.wholeWithin().toMillis()) {
            transport.drop(this, "silent", "has opened a connection and says nothing");
        } else if (now - usedAt > limits.idle().toMillis()) {
            close();
        } else if (ours && usable && now - Math.max(usedAt, pingedAt) > PING_AFTER_MS) {
            long used = usedAt;
            pingedAt = now;
            write(PING, () -> {});
            usedAt = used;
        }
    }

    void close() {
        Channel open = channel;
        if (open != null) {
            open.close();
        }
        ended();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended();
        context.fireChannelInactive();
    }

    /** Also for a connection that could not be opened. */
    void ended() {
        if (closed) {
            return;
        }
        closed = true;
        framing.stop();
        transport.ended(this);
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            next.onFailure().run();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        transport.trouble(cause);
        close();
    }
}
