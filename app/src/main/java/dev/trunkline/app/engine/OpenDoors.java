package dev.trunkline.app.engine;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.config.Doors;
import dev.trunkline.app.health.Part;
import dev.trunkline.app.metrics.RoomMetrics;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.NoFreePortException;
import dev.trunkline.media.engine.SharedPort;
import dev.trunkline.telephony.opensips.OpenSipsChannel;
import dev.trunkline.telephony.opensips.OpenSipsCounters;
import dev.trunkline.telephony.opensips.OpenSipsSettings;
import dev.trunkline.telephony.opensips.OpenSipsState;
import dev.trunkline.telephony.rtp.RtpDoor;
import dev.trunkline.telephony.rtp.RtpListener;
import dev.trunkline.telephony.sip.SipChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways in for calls beside our own SIP port. Thread-safe. */
final class OpenDoors implements AutoCloseable {

    private static final InetAddress ANYBODY = InetAddress.ofLiteral("192.0.2.1");
    private static final Duration SUBSCRIPTION = Duration.ofSeconds(60);
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(30);

    private final Configuration.Network network;
    private final SipChannel sip;
    private final RtpDoor rtp;
    private final @Nullable RtpListener listener;
    private final @Nullable OpenSipsChannel openSips;

    private OpenDoors(Configuration settings, MediaEngine media, CallDesk desk, SipChannel sip) {
        network = settings.network();
        this.sip = sip;
        rtp = RtpDoor.open(
                media,
                desk,
                desk::refusalFor,
                this::ownAddress,
                settings.calls().most());
        Doors.RtpListen port = settings.doors().rtpListener();
        listener = port == null ? null : listen(port, media);
        Doors.OpenSips wanted = settings.doors().openSips();
        openSips = wanted == null ? null : startOpenSips(wanted, media, desk);
    }

    private RtpListener listen(Doors.RtpListen wanted, MediaEngine media) {
        try {
            return RtpListener.open(
                    rtp,
                    media,
                    new InetSocketAddress(network.bind(), wanted.port()),
                    ownAddress(null),
                    wanted.agent(),
                    wanted.mostCalls(),
                    wanted.newPerSecond());
        } catch (IOException | NoFreePortException e) {
            rtp.close();
            throw new StartException(
                    "RTP can't be taken on port " + wanted.port() + " and the one above it: " + e.getMessage()
                            + "; see TRUNKLINE_RTP_LISTEN_PORT",
                    e);
        }
    }

    /**
     * Opens them; calls may come from now on.
     *
     * @throws StartException with the setting to change
     */
    static OpenDoors open(Configuration settings, MediaEngine media, CallDesk desk, SipChannel sip) {
        return new OpenDoors(settings, media, desk, sip);
    }

    private OpenSipsChannel startOpenSips(Doors.OpenSips wanted, MediaEngine media, CallDesk desk) {
        InetAddress near = network.bind().isAnyLocalAddress()
                ? sip.localAddressTowards(wanted.mi().getAddress())
                : network.bind();
        InetAddress own = network.publicAddress();
        OpenSipsSettings settings = new OpenSipsSettings(
                wanted.mi(),
                new InetSocketAddress(network.bind(), wanted.eventPort()),
                near,
                own == null ? near : own,
                wanted.commandPrefix(),
                wanted.agent(),
                SUBSCRIPTION,
                FIRST_WAIT,
                LONGEST_HOLD);
        try {
            return OpenSipsChannel.start(settings, media, desk);
        } catch (IOException e) {
            rtp.close();
            throw new StartException(
                    "the events of OpenSIPS can't be taken: " + e.getMessage()
                            + "; see TRUNKLINE_BIND and TRUNKLINE_OPENSIPS_EVENT_PORT",
                    e);
        }
    }

    /** Our address as that peer reaches it; as anybody does for null. */
    private InetAddress ownAddress(@Nullable InetAddress peer) {
        InetAddress own = network.publicAddress();
        if (own != null) {
            return own;
        }
        return network.bind().isAnyLocalAddress()
                ? sip.localAddressTowards(peer == null ? ANYBODY : peer)
                : network.bind();
    }

    RtpDoor rtp() {
        return rtp;
    }

    void bindTo(RoomMetrics metrics) {
        metrics.gauge("trunkline.rtp.endpoints", "RTP endpoints that are open", rtp::size);
        metrics.gauge("trunkline.rtp.endpoints.waiting", "RTP endpoints to which nothing has come yet", rtp::waiting);
        metrics.counter("trunkline.rtp.endpoints.reserved", "RTP endpoints ever reserved", rtp::reserved);
        metrics.counter("trunkline.rtp.endpoints.expired", "RTP endpoints given up as nothing came", rtp::expired);
        if (listener != null) {
            bindTo(metrics, listener.port());
        }
        OpenSipsChannel channel = openSips;
        if (channel != null) {
            metrics.gauge("trunkline.opensips.calls", "calls of OpenSIPS that are not over", channel::callCount);
            metrics.gauge(
                    "trunkline.opensips.subscribed",
                    "1 if OpenSIPS tells us its calls",
                    () -> channel.state().kind() == OpenSipsState.Kind.SUBSCRIBED ? 1 : 0);
            for (OpenSipsCounters.Event event : OpenSipsCounters.Event.values()) {
                metrics.counter(
                        "trunkline.opensips."
                                + event.name().toLowerCase(Locale.ROOT).replace('_', '.'),
                        "what happened between us and OpenSIPS",
                        () -> channel.counters().get(event));
            }
        }
    }

    private static void bindTo(RoomMetrics metrics, SharedPort port) {
        metrics.gauge("trunkline.rtp.listener.calls", "calls on the port that takes RTP unasked", port::sessions);
        metrics.counter("trunkline.rtp.listener.appeared", "senders that were new there", port::appeared);
        metrics.counter("trunkline.rtp.listener.malformed", "datagrams there that nobody could use", port::malformed);
        metrics.counter("trunkline.rtp.listener.full", "packets of new senders without a place", port::refusedFull);
        metrics.counter("trunkline.rtp.listener.flood", "new senders beyond the rate", port::refusedRate);
        metrics.counter("trunkline.rtp.listener.after.end", "packets for calls that are over", port::afterEnd);
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(
                "rtp",
                Part.State.UP,
                rtp.size() + " endpoints, " + rtp.waiting() + " of them waiting"
                        + (listener == null
                                ? ""
                                : ", calls on port "
                                        + listener.port().localAddress().getPort()),
                false));
        OpenSipsChannel channel = openSips;
        if (channel != null) {
            OpenSipsState state = channel.state();
            parts.add(
                    switch (state.kind()) {
                        case SUBSCRIBED -> new Part("opensips", Part.State.UP, channel.callCount() + " calls", false);
                        case STARTING -> new Part("opensips", Part.State.STARTING, "", false);
                        case AWAY -> new Part("opensips", Part.State.DOWN, state.detail(), false);
                    });
        }
        return parts;
    }

    @Override
    public void close() {
        rtp.close();
        if (listener != null) {
            listener.close();
        }
        if (openSips != null) {
            openSips.close();
        }
    }
}
