package dev.trunkline.app.engine;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.health.Part;
import dev.trunkline.app.metrics.RoomMetrics;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.telephony.rtp.RtpDoor;
import dev.trunkline.telephony.sip.SipChannel;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways in for calls beside our own SIP port. Thread-safe. */
final class Doors implements AutoCloseable {

    private static final InetAddress ANYBODY = InetAddress.ofLiteral("192.0.2.1");

    private final Configuration.Network network;
    private final SipChannel sip;
    private final RtpDoor rtp;

    private Doors(Configuration settings, MediaEngine media, CallDesk desk, SipChannel sip) {
        network = settings.network();
        this.sip = sip;
        rtp = RtpDoor.open(
                media,
                desk,
                desk::refusalFor,
                this::ownAddress,
                settings.calls().most());
    }

    /** Opens them; calls may come from now on. */
    static Doors open(Configuration settings, MediaEngine media, CallDesk desk, SipChannel sip) {
        return new Doors(settings, media, desk, sip);
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
    }

    List<Part> parts() {
        return List.of(new Part(
                "rtp", Part.State.UP, rtp.size() + " endpoints, " + rtp.waiting() + " of them waiting", false));
    }

    @Override
    public void close() {
        rtp.close();
    }
}
