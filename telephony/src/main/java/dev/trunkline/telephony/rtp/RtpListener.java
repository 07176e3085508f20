package dev.trunkline.telephony.rtp;

import dev.trunkline.core.call.Party;
import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.engine.AudioPayload;
import dev.trunkline.media.engine.EventPayload;
import dev.trunkline.media.engine.MediaDirection;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSession;
import dev.trunkline.media.engine.NewSource;
import dev.trunkline.media.engine.RtpParameters;
import dev.trunkline.media.engine.SharedPort;
import dev.trunkline.media.engine.SharedPortSettings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * One port that takes calls without being asked first: whoever sends RTP with a static payload type to it has called. A call
 * is a source address and an SSRC; it is answered from the same port to where it came from, and is over when nothing has come
 * for the media time-out. Thread-safe.
 */
public final class RtpListener implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RtpListener.class.getName());

    /** Customary for telephone-event; nobody has told us another. */
    private static final int DIGITS = 101;

    private static final int FIRST_DYNAMIC = 96;
    private static final Duration PACKET_TIME = Duration.ofMillis(20);

    private final RtpDoor door;
    private final String agent;
    private final InetAddress ownAddress;
    private final SharedPort port;

    private RtpListener(
            RtpDoor door, MediaEngine media, SharedPortSettings settings, String agent, InetAddress ownAddress)
            throws IOException {
        this.door = door;
        this.agent = agent;
        this.ownAddress = ownAddress;
        port = media.share(settings, source -> door.execute(() -> called(source)));
    }

    /**
     * Opens the port.
     *
     * @param door shows its calls among the endpoints
     * @param address where it listens; an even port, reports (RTCP) use the one above it
     * @param ownAddress our address as others reach it
     * @param agent whom every call is for
     * @param mostCalls calls at once
     * @param newPerSecond calls that may begin in a second
     * @throws IOException if the port can't be bound
     * @throws dev.trunkline.media.engine.NoFreePortException if it is taken
     */
    public static RtpListener open(
            RtpDoor door,
            MediaEngine media,
            InetSocketAddress address,
            InetAddress ownAddress,
            String agent,
            int mostCalls,
            int newPerSecond)
            throws IOException {
        SharedPortSettings settings = new SharedPortSettings(
                address,
                staticCodecs().stream().map(CodecType::payloadType).collect(Collectors.toSet()),
                mostCalls,
                newPerSecond);
        return new RtpListener(door, media, settings, agent, ownAddress);
    }

    /** Those whose number says what they are (RFC 3551). */
    private static List<CodecType> staticCodecs() {
        return Codecs.all().stream()
                .filter(codec -> codec.payloadType() < FIRST_DYNAMIC)
                .toList();
    }

    /** On the door's thread. */
    private void called(NewSource source) {
        Optional<CodecType> codec = Codecs.byPayloadType(source.payloadType());
        if (codec.isEmpty()) {
            source.decline();
            return;
        }
        InetSocketAddress from = source.address();
        RtpRequest request = new RtpRequest(
                agent,
                new AudioPayload(source.payloadType(), codec.get()),
                OptionalInt.of(DIGITS),
                PACKET_TIME,
                from,
                true,
                new Party("rtp:" + text(from), ""),
                new Party("rtp:" + port.localAddress().getPort(), ""),
                RtpRequest.DEFAULT_IDLE);
        RtpLeg leg = new RtpLeg(door, RtpDoor.newId(), request, () -> {});
        try {
            MediaSession session = source.accept(leg::onMedia);
            door.admit(
                    leg,
                    session,
                    new InetSocketAddress(ownAddress, port.localAddress().getPort()),
                    parameters(request));
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "nobody can be called any more: " + e.getMessage());
        }
    }

    /** The source may change among the static codecs at any time. */
    private static RtpParameters parameters(RtpRequest request) {
        List<AudioPayload> receive = new ArrayList<>();
        for (CodecType codec : staticCodecs()) {
            receive.add(new AudioPayload(codec.payloadType(), codec));
        }
        return new RtpParameters(
                request.remote(),
                request.audio(),
                receive,
                request.digits(),
                List.of(new EventPayload(DIGITS, request.audio().codec().clockRate())),
                MediaDirection.SEND_RECEIVE,
                request.packetTime());
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** What the port has counted. */
    public SharedPort port() {
        return port;
    }

    /** Frees the port; its calls are cut off, so the door is closed first. */
    @Override
    public void close() {
        port.close();
    }
}
