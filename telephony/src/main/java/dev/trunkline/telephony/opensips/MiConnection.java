package dev.trunkline.telephony.opensips;

import dev.trunkline.telephony.opensips.OpenSipsCounters.Event;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON-RPC 2.0 in datagrams, both ways, over one socket: commands go to OpenSIPS and are repeated until they are answered,
 * events come from it. Events come from a socket of each of its processes, with any port, so only their host is checked.
 *
 * <p>One thread reads the socket, runs the timers and calls the listeners; all methods but {@link #execute} and {@link
 * #close} are for that thread.
 */
final class MiConnection implements AutoCloseable {

    private static final Logger LOG = System.getLogger(MiConnection.class.getName());
    private static final int MAX_DATAGRAM = 65_535;

    /** The buffer of {@code mi_datagram} is a little smaller than a datagram. */
    private static final int LARGEST_COMMAND = 60_000;

    private static final int SOCKET_BUFFER = 1 << 20;
    private static final int ATTEMPTS = 3;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Hears what becomes of a command. */
    interface Outcome {

        /** Carried out; the result as OpenSIPS gives it. */
        void done(JsonNode result);

        /** Refused, or never answered. */
        void failed(MiException e);
    }

    /** A command that waits for its answer. */
    private final class Waiting {

        private final long id;
        private final String command;
        private final byte[] datagram;
        private final int attempts;
        private final Outcome outcome;
        private int sent;
        private @Nullable Future<?> timer;

        Waiting(long id, String command, byte[] datagram, int attempts, Outcome outcome) {
            this.id = id;
            this.command = command;
            this.datagram = datagram;
            this.attempts = attempts;
            this.outcome = outcome;
        }

        void send() {
            if (sent > 0) {
                counters.count(Event.COMMANDS_REPEATED);
            }
            sent++;
            channel.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(datagram), mi));
            // one that is not repeated is waited for as long as the others in all
            long wait = attempts == 1 ? firstWaitMillis * ((1 << ATTEMPTS) - 1) : firstWaitMillis << (sent - 1);
            timer = loop.schedule(() -> guarded(this::unanswered), wait, TimeUnit.MILLISECONDS);
        }

        private void unanswered() {
            if (sent < attempts) {
                send();
                return;
            }
            waiting.remove(id);
            counters.count(Event.COMMANDS_UNANSWERED);
            outcome.failed(MiException.unanswered(command));
        }

        void answered(JsonNode answer) {
            if (timer != null) {
                timer.cancel(false);
            }
            JsonNode error = answer.get("error");
            if (error == null || error.isNull()) {
                JsonNode result = answer.get("result");
                outcome.done(result == null ? JSON.nullNode() : result);
                return;
            }
            JsonNode code = error.get("code");
            JsonNode message = error.get("message");
            counters.count(Event.COMMANDS_REFUSED);
            outcome.failed(MiException.refused(
                    code != null && code.isInt() && code.asInt() != 0 ? code.asInt() : -1,
                    command + ": " + (message != null && message.isString() ? message.asString() : "refused"),
                    sent > 1));
        }
    }

    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Channel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress mi;
    private final long firstWaitMillis;
    private final OpenSipsCounters counters;
    private final Consumer<JsonNode> events;
    private final Map<Long, Waiting> waiting = new HashMap<>();

    /** Begins anywhere, so that an answer to a command of our predecessor on this port is not taken for one of ours. */
    private long nextId = ThreadLocalRandom.current().nextLong(1, 1L << 40);

    private MiConnection(
            InetSocketAddress bind,
            InetSocketAddress mi,
            Duration firstWait,
            OpenSipsCounters counters,
            Consumer<JsonNode> events)
            throws IOException {
        this.mi = mi;
        this.firstWaitMillis = firstWait.toMillis();
        this.counters = counters;
        this.events = events;
        group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("opensips", true, Thread.NORM_PRIORITY + 1), NioIoHandler.newFactory());
        loop = group.next();
        ChannelFuture bound = new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new Intake())
                .bind(bind)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new IOException(
                    "cannot bind UDP " + bind + ": " + bound.cause().getMessage(), bound.cause());
        }
        channel = bound.channel();
        local = (InetSocketAddress) channel.localAddress();
    }

    /**
     * Opens the socket. Nothing is read before {@link #startReading}.
     *
     * @param events takes the datagrams that are calls of a method, not answers
     * @throws IOException if the port is taken or can't be bound
     */
    static MiConnection open(OpenSipsSettings settings, OpenSipsCounters counters, Consumer<JsonNode> events)
            throws IOException {
        return new MiConnection(settings.events(), settings.mi(), settings.firstWait(), counters, events);
    }

    void startReading() {
        channel.config().setAutoRead(true);
    }

    InetSocketAddress localAddress() {
        return local;
    }

    /** Gives a command that may be given twice without harm: it is repeated until it is answered. */
    void command(String name, ObjectNode parameters, Outcome outcome) {
        give(name, parameters, ATTEMPTS, outcome);
    }

    /** Gives a command that must not be carried out twice: it is sent once. */
    void commandOnce(String name, ObjectNode parameters, Outcome outcome) {
        give(name, parameters, 1, outcome);
    }

    private void give(String name, ObjectNode parameters, int attempts, Outcome outcome) {
        counters.count(Event.COMMANDS);
        long id = nextId++;
        ObjectNode request = JSON.createObjectNode();
        request.put("jsonrpc", "2.0");
        request.put("id", id);
        request.put("method", name);
        request.set("params", parameters);
        byte[] datagram = JSON.writeValueAsBytes(request);
        if (datagram.length > LARGEST_COMMAND) {
            outcome.failed(MiException.refused(-1, name + " is too large for a datagram", false));
            return;
        }
        Waiting command = new Waiting(id, name, datagram, attempts, outcome);
        waiting.put(id, command);
        command.send();
    }

    private void take(byte[] datagram, InetSocketAddress from) {
        if (!mi.getAddress().equals(from.getAddress())) {
            counters.count(Event.STRANGERS);
            return;
        }
        JsonNode message;
        try {
            message = JSON.readTree(datagram);
        } catch (JacksonException e) {
            counters.count(Event.MALFORMED);
            return;
        }
        if (message == null || !message.isObject()) {
            counters.count(Event.MALFORMED);
        } else if (message.has("method")) {
            events.accept(message);
        } else if (message.has("result") || message.has("error")) {
            JsonNode id = message.get("id");
            Waiting command = id == null || !id.isIntegralNumber() ? null : waiting.remove(id.asLong());
            if (command == null) {
                counters.count(Event.STRAY_ANSWERS);
            } else {
                command.answered(message);
            }
        } else {
            counters.count(Event.MALFORMED);
        }
    }

    /** Has something done on the thread, after what was given before. Any thread. */
    void execute(Runnable task) {
        try {
            loop.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the OpenSIPS thread has ended, a task is dropped");
        }
    }

    /** Has something done later; running the result takes it back. */
    Runnable after(Duration delay, Runnable task) {
        Future<?> scheduled = loop.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            counters.count(Event.INTERNAL_ERRORS);
            LOG.log(Level.ERROR, "a task on the OpenSIPS thread failed", e);
        }
    }

    /** Waits a moment for the answers that are still to come, then closes the socket. Not for the thread itself. */
    @Override
    public void close() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(2_000, 3 * firstWaitMillis));
        while (System.nanoTime() < deadline && anyWaiting()) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        channel.close().awaitUninterruptibly(1_000);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private boolean anyWaiting() {
        try {
            return !loop.submit(waiting::isEmpty).get(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException
                | RejectedExecutionException e) {
            return false;
        }
    }

    private final class Intake extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            byte[] datagram = new byte[packet.content().readableBytes()];
            packet.content().readBytes(datagram);
            guarded(() -> take(datagram, packet.sender()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // nobody listens there now: the command is repeated anyway
            LOG.log(Level.DEBUG, "OpenSIPS socket", cause);
        }
    }
}
