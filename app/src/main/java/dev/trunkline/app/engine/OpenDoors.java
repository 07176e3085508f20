package dev.trunkline.app.engine;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.config.Doors;
import dev.trunkline.app.health.Part;
import dev.trunkline.app.metrics.RoomMetrics;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.telephony.opensips.OpenSipsChannel;
import dev.trunkline.telephony.opensips.OpenSipsCounters;
import dev.trunkline.telephony.opensips.OpenSipsSettings;
import dev.trunkline.telephony.opensips.OpenSipsState;
import dev.trunkline.telephony.rtp.RtpDoor;
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
    private final @Nullable OpenSipsChannel openSips;

    private OpenDoors(Configuration settings, MediaEngine media, CallDesk desk, SipChannel sip) {
        network = settings.network();
        this.sip = sip;
        Doors.OpenSips wanted = settings.doors().openSips();
        openSips = wanted == null ? null : startOpenSips(wanted, media, desk);
        rtp = RtpDoor.open(
                media,
                desk,
                desk::refusalFor,
                this::ownAddress,
                settings.calls().most());
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

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(
                "rtp", Part.State.UP, rtp.size() + " endpoints, " + rtp.waiting() + " of them waiting", false));
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
        if (openSips != null) {
            openSips.close();
        }
    }
}
