package dev.trunkline.caller.wire;

import dev.trunkline.caller.script.Round;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the time of one call on a thread of its own: a round every 20 ms by absolute deadlines (a late one is followed at
 * once by those that are due), packets read as they come. Deliberately nothing of the server's media engine, so that it is a
 * witness of it.
 */
public final class MediaLoop {

    private final RtpSocket socket;
    private final InetSocketAddress remote;
    private final CallMedia media;
    private final Consumer<Round.InfoKey> info;
    private final long answerNanos;
    private final Runnable observer;
    private volatile boolean stopped;
    private long strangers;

    /**
     * A loop that has not begun.
     *
     * @param remote where the answer says that sound goes to; what comes from elsewhere is counted and not heard
     * @param answerNanos the {@link System#nanoTime()} of the answer
     * @param info sends a key by INFO; must not block
     * @param observer called after each round, on this thread; must not block
     */
    public MediaLoop(
            RtpSocket socket,
            InetSocketAddress remote,
            CallMedia media,
            long answerNanos,
            Consumer<Round.InfoKey> info,
            Runnable observer) {
        this.socket = socket;
        this.remote = remote;
        this.media = media;
        this.answerNanos = answerNanos;
        this.info = info;
        this.observer = observer;
    }

    /**
     * Runs until the script hangs up or {@link #stop} is called.
     *
     * @return why the caller hangs up; null if it was stopped
     */
    public @Nullable String run() throws IOException {
        while (!stopped) {
            long now = now();
            if (now >= media.nextRound()) {
                Round wish = media.round(now);
                if (wish instanceof Round.HangUp hangUp) {
                    deliver();
                    return hangUp.why();
                }
                if (wish instanceof Round.InfoKey key) {
                    info.accept(key);
                }
            }
            deliver();
            receive();
            observer.run();
            long wait = media.nextDue() - now();
            if (wait > 0) {
                if (wait >= 1_000_000) {
                    socket.await(wait);
                } else {
                    LockSupport.parkNanos(wait);
                }
            }
        }
        receive();
        return null;
    }

    /** Ends it, from any thread. */
    public void stop() {
        stopped = true;
        socket.wakeUp();
    }

    /** Datagrams that came from somebody else. */
    public long strangers() {
        return strangers;
    }

    private long now() {
        return System.nanoTime() - answerNanos;
    }

    private void deliver() throws IOException {
        byte[] packet = media.delivered(now());
        while (packet != null) {
            socket.send(packet, remote);
            packet = media.delivered(now());
        }
    }

    private void receive() throws IOException {
        SocketAddress from = socket.receive();
        while (from != null) {
            if (from.equals(remote)) {
                media.datagram(socket.buffer(), socket.length(), now());
            } else {
                strangers++;
            }
            from = socket.receive();
        }
    }
}
