package dev.trunkline.telephony.sip.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;

/** SIP over UDP: one socket for all peers, so that requests leave from the port that responses and NAT mappings know. */
public final class UdpTransport implements SipTransport {

    private static final Logger LOG = System.getLogger(UdpTransport.class.getName());
    private static final int MAX_DATAGRAM = 65_535;
    private static final int SOCKET_BUFFER = 4 << 20;

    private final Channel channel;
    private final InetSocketAddress local;

    private UdpTransport(Channel channel) {
        this.channel = channel;
        this.local = (InetSocketAddress) channel.localAddress();
    }

    /**
     * Opens the socket; {@link #startReading} begins to take messages. Not to be called on the SIP thread.
     *
     * @param bind address and port; port 0 takes a free one
     * @throws PortInUseException if the port is taken
     * @throws IOException if it can't be bound for another reason
     */
    public static UdpTransport open(SipEventLoop loop, InetSocketAddress bind, Receiver receiver) throws IOException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop.netty())
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
                .handler(new Intake(receiver));
        ChannelFuture bound = bootstrap.bind(bind).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            Throwable cause = bound.cause();
            if (cause instanceof BindException && isTaken(cause)) {
                throw new PortInUseException(TransportProtocol.UDP, bind, cause);
            }
            throw new IOException("cannot bind UDP " + bind + ": " + cause.getMessage(), cause);
        }
        return new UdpTransport(bound.channel());
    }

    @Override
    public void startReading() {
        channel.config().setAutoRead(true);
    }

    /** A BindException is thrown for an address that this host does not have, too. */
    private static boolean isTaken(Throwable cause) {
        String message = cause.getMessage();
        return message != null && message.contains("in use");
    }

    @Override
    public TransportProtocol protocol() {
        return TransportProtocol.UDP;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public void send(byte[] message, InetSocketAddress target, Runnable onFailure) {
        channel.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(message), target))
                .addListener((ChannelFutureListener) sent -> {
                    if (!sent.isSuccess()) {
                        onFailure.run();
                    }
                });
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly(1_000);
    }

    private static final class Intake extends SimpleChannelInboundHandler<DatagramPacket> {

        private final Receiver receiver;

        Intake(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            if (!receiver.wants(packet.sender())) {
                return;
            }
            byte[] message = new byte[packet.content().readableBytes()];
            packet.content().readBytes(message);
            receiver.onMessage(message, new Hop(TransportProtocol.UDP, packet.sender()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // An ICMP answer to an earlier datagram may surface here; the socket stays usable.
            LOG.log(Level.DEBUG, "UDP socket", cause);
        }
    }
}
