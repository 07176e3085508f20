package dev.trunkline.telephony.rtp;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.CallReception;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.media.engine.AudioPayload;
import dev.trunkline.media.engine.EventPayload;
import dev.trunkline.media.engine.MediaDirection;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSession;
import dev.trunkline.media.engine.NoFreePortException;
import dev.trunkline.media.engine.RtpParameters;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reserves RTP endpoints for media servers that do the signalling themselves, and brings a call to the reception for each:
 * at once if the server has said where it receives, else when its first packets come. Thread-safe; what happens to the
 * endpoints happens in order on a thread of its own.
 */
public final class RtpDoor implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RtpDoor.class.getName());
    private static final int ENDED_KEPT = 200;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MediaEngine media;
    private final CallReception reception;
    private final Function<String, Optional<RejectCause>> admission;
    private final Function<@Nullable InetAddress, InetAddress> ownAddress;
    private final ScheduledThreadPoolExecutor thread;
    private final Semaphore places;
    private final int most;
    private final Map<String, RtpLeg> open = new ConcurrentHashMap<>();
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();

    private final Object endedLock = new Object();
    private final Map<String, RtpEndpoint> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RtpEndpoint> eldest) {
            return size() > ENDED_KEPT;
        }
    };

    private RtpDoor(
            MediaEngine media,
            CallReception reception,
            Function<String, Optional<RejectCause>> admission,
            Function<@Nullable InetAddress, InetAddress> ownAddress,
            int most) {
        this.media = media;
        this.reception = reception;
        this.admission = admission;
        this.ownAddress = ownAddress;
        this.most = most;
        places = new Semaphore(most);
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("rtp-door").daemon().factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // not in the thread of the first request, whose class loader it would keep
        thread.prestartCoreThread();
    }

    /**
     * Opens the door.
     *
     * @param media lives longer than the door; it is not closed with it
     * @param reception takes the calls, on the door's thread
     * @param admission tells for an agent why a call would be refused now, so that nobody reserves in vain
     * @param ownAddress our address as that peer reaches it; as anybody does for null
     * @param most endpoints at once
     */
    public static RtpDoor open(
            MediaEngine media,
            CallReception reception,
            Function<String, Optional<RejectCause>> admission,
            Function<@Nullable InetAddress, InetAddress> ownAddress,
            int most) {
        return new RtpDoor(media, reception, admission, ownAddress, most);
    }

    /**
     * Reserves an endpoint; its port receives when this returns.
     *
     * @throws ReservationRefusedException if the call would be refused, there are too many endpoints, or no port is free
     */
    public RtpEndpoint reserve(RtpRequest request) {
        admission.apply(request.agent()).ifPresent(cause -> {
            throw new ReservationRefusedException(cause, refusal(cause, request.agent()));
        });
        if (!places.tryAcquire()) {
            throw new ReservationRefusedException(RejectCause.BUSY, "there are " + most + " endpoints already");
        }
        boolean done = false;
        try {
            RtpEndpoint endpoint = opened(request);
            done = true;
            return endpoint;
        } catch (NoFreePortException e) {
            throw new ReservationRefusedException(RejectCause.UNAVAILABLE, String.valueOf(e.getMessage()));
        } finally {
            if (!done) {
                places.release();
            }
        }
    }

    private RtpEndpoint opened(RtpRequest request) {
        RtpLeg leg = new RtpLeg(this, newId(), request, places::release);
        MediaSession session = media.open(leg::onMedia);
        boolean done = false;
        try {
            int port = session.localAddress().getPort();
            RtpEndpoint endpoint = admit(
                    leg, session, new InetSocketAddress(ownAddress.apply(host(request)), port), parameters(request));
            reserved.incrementAndGet();
            LOG.log(
                    Level.INFO,
                    "RTP endpoint reserved id={0} port={1} agent={2}",
                    leg.id(),
                    Integer.toString(port),
                    request.agent());
            done = true;
            return endpoint;
        } catch (RejectedExecutionException e) {
            throw new ReservationRefusedException(RejectCause.UNAVAILABLE, "the server is being stopped");
        } finally {
            if (!done) {
                open.remove(leg.id());
                session.close();
            }
        }
    }

    static String newId() {
        return "rtp-" + HexFormat.of().toHexDigits(RANDOM.nextLong());
    }

    /** Shows the leg among the endpoints; its call begins now if it is known where to send. */
    RtpEndpoint admit(RtpLeg leg, MediaSession session, InetSocketAddress address, RtpParameters parameters) {
        RtpRequest request = leg.request();
        RtpEndpoint endpoint = new RtpEndpoint(
                leg.id(), request, address, RtpEndpoint.State.RESERVED, Instant.now(), null, null, "", "");
        leg.reserve(endpoint);
        open.put(leg.id(), leg);
        leg.open(session, parameters);
        if (request.remote() != null) {
            execute(() -> begin(leg));
        } else {
            thread.schedule(() -> expire(leg), request.idle().toNanos(), TimeUnit.NANOSECONDS);
        }
        return endpoint;
    }

    private static @Nullable InetAddress host(RtpRequest request) {
        InetSocketAddress remote = request.remote();
        return remote == null ? null : remote.getAddress();
    }

    private static RtpParameters parameters(RtpRequest request) {
        AudioPayload audio = request.audio();
        return new RtpParameters(
                request.remote(),
                audio,
                List.of(audio),
                request.digits(),
                request.digits().stream()
                        .mapToObj(type -> new EventPayload(type, audio.codec().clockRate()))
                        .toList(),
                MediaDirection.SEND_RECEIVE,
                request.packetTime());
    }

    private static String refusal(RejectCause cause, String agent) {
        return switch (cause) {
            case NOT_FOUND -> "there is no agent " + agent;
            case BUSY -> "no free place for a call";
            case UNAVAILABLE -> "calls can't be taken now";
            case DECLINED, FAILED -> "the call would be refused";
        };
    }

    /** The endpoint of that name, also for a while after its end. */
    public Optional<RtpEndpoint> find(String id) {
        RtpLeg leg = open.get(id);
        if (leg != null) {
            return Optional.of(leg.endpoint());
        }
        synchronized (endedLock) {
            return Optional.ofNullable(ended.get(id));
        }
    }

    /** Those that are open and the last ones that are over, newest first. */
    public List<RtpEndpoint> all() {
        List<RtpEndpoint> all = new ArrayList<>();
        open.values().forEach(leg -> all.add(leg.endpoint()));
        synchronized (endedLock) {
            all.addAll(ended.values());
        }
        all.sort(Comparator.comparing(RtpEndpoint::reservedAt).reversed());
        return all;
    }

    /**
     * Ends an endpoint and the call on it.
     *
     * @return false if none of that name is open
     */
    public boolean end(String id) {
        RtpLeg leg = open.get(id);
        if (leg == null) {
            return false;
        }
        execute(() -> {
            leg.giveUp("cancelled");
            leg.end(EndReason.OPERATOR, "");
        });
        return true;
    }

    // ---- on the door's thread

    /** Brings the call to the reception, once. */
    void begin(RtpLeg leg) {
        if (!leg.begin()) {
            return;
        }
        try {
            reception.incoming(leg);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "call " + leg.id() + ": the reception failed", e);
            leg.end(EndReason.FAILED, "");
        }
    }

    private void expire(RtpLeg leg) {
        if (leg.endpoint().state() == RtpEndpoint.State.RESERVED) {
            expired.incrementAndGet();
            LOG.log(Level.INFO, "RTP endpoint expired id={0}: nothing came", leg.id());
            leg.giveUp("expired");
        }
    }

    void over(RtpLeg leg) {
        synchronized (endedLock) {
            ended.put(leg.id(), leg.endpoint());
        }
        open.remove(leg.id());
    }

    void execute(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, "a task of the RTP door failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the RTP door is closed");
        }
    }

    // ---- figures

    /** Endpoints that wait for their first packet. */
    public int waiting() {
        return (int) open.values().stream()
                .filter(leg -> leg.endpoint().state() == RtpEndpoint.State.RESERVED)
                .count();
    }

    /** Endpoints that are open, waiting ones among them. */
    public int size() {
        return open.size();
    }

    /** Endpoints ever reserved. */
    public long reserved() {
        return reserved.get();
    }

    /** Endpoints given up because nothing came. */
    public long expired() {
        return expired.get();
    }

    /** Ends every endpoint and the thread. */
    @Override
    public void close() {
        execute(() -> List.copyOf(open.values()).forEach(leg -> {
            leg.giveUp("cancelled");
            leg.end(EndReason.SHUTDOWN, "");
        }));
        thread.shutdown();
        try {
            thread.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
