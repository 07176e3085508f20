package dev.trunkline.media.engine;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What offer and answer agreed on for one session. Immutable; a new negotiation brings a new one.
 *
 * @param remote where the peer's description says that it listens; null as long as unknown: then nothing is sent until
 *     the peer's first packets show where it is
 * @param send what we send
 * @param receive everything that we accept, at least one; the peer may change between them at any time
 * @param sendDigits payload type of telephone-event (RFC 4733, in the clock of what we send) towards the peer, if it
 *     takes them
 * @param receiveDigits payload types of telephone-event that we announced
 * @param direction seen from us
 * @param packetTime sound in one packet that we send: 10, 20, 30, 40, 50 or 60 ms; other wishes, and those that the
 *     codec has no frames for, are answered with 20 ms
 * @param reports which way reports go
 */
public record RtpParameters(
        @Nullable InetSocketAddress remote,
        AudioPayload send,
        List<AudioPayload> receive,
        OptionalInt sendDigits,
        List<EventPayload> receiveDigits,
        MediaDirection direction,
        Duration packetTime,
        ReportPath reports) {

    /** The customary 20 ms. */
    public static final Duration DEFAULT_PACKET_TIME = Duration.ofMillis(20);

    public RtpParameters {
        Objects.requireNonNull(send, "send");
        receive = List.copyOf(receive);
        Objects.requireNonNull(sendDigits, "sendDigits");
        receiveDigits = List.copyOf(receiveDigits);
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(packetTime, "packetTime");
        Objects.requireNonNull(reports, "reports");
        if (remote != null && (remote.isUnresolved() || remote.getPort() == 0)) {
            throw new IllegalArgumentException("not an address to send to: " + remote);
        }
        if (receive.isEmpty()) {
            throw new IllegalArgumentException("nothing to receive");
        }
    }

    /** With reports on the port above that of the sound. */
    public RtpParameters(
            @Nullable InetSocketAddress remote,
            AudioPayload send,
            List<AudioPayload> receive,
            OptionalInt sendDigits,
            List<EventPayload> receiveDigits,
            MediaDirection direction,
            Duration packetTime) {
        this(remote, send, receive, sendDigits, receiveDigits, direction, packetTime, ReportPath.NEXT_PORT);
    }

    /** One codec both ways at 20 ms, digits with payload type 101. */
    public static RtpParameters of(@Nullable InetSocketAddress remote, AudioPayload both) {
        return new RtpParameters(
                remote,
                both,
                List.of(both),
                OptionalInt.of(101),
                List.of(new EventPayload(101, both.codec().clockRate())),
                MediaDirection.SEND_RECEIVE,
                DEFAULT_PACKET_TIME);
    }

    /** The same with another direction: hold and resume. */
    public RtpParameters withDirection(MediaDirection other) {
        return new RtpParameters(remote, send, receive, sendDigits, receiveDigits, other, packetTime, reports);
    }

    /** The same with reports going another way. */
    public RtpParameters withReports(ReportPath path) {
        return new RtpParameters(remote, send, receive, sendDigits, receiveDigits, direction, packetTime, path);
    }
}
