package dev.trunkline.telephony.sip.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The thread that owns all SIP state of one endpoint: it reads the sockets, runs the timers and calls the listeners. */
public final class SipEventLoop implements SipScheduler, AutoCloseable {

    private static final Logger LOG = System.getLogger(SipEventLoop.class.getName());

    private final EventLoopGroup group;
    private final EventLoop loop;

    /** Starts the thread. */
    public SipEventLoop(String threadName) {
        this.group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory(threadName, true, Thread.NORM_PRIORITY + 1), NioIoHandler.newFactory());
        this.loop = group.next();
    }

    EventLoop netty() {
        return loop;
    }

    @Override
    public long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public Timer after(long milliseconds, Runnable task) {
        var scheduled = loop.schedule(() -> guarded(task), milliseconds, TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void execute(Runnable task) {
        if (loop.inEventLoop()) {
            guarded(task);
            return;
        }
        try {
            loop.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the SIP thread has ended, a task is dropped");
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a task on the SIP thread failed", e);
        }
    }

    /** Ends the thread; waits at most two seconds. Not to be called on it. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
