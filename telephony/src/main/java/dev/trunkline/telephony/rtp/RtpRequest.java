package dev.trunkline.telephony.rtp;

import dev.trunkline.core.call.Party;
import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.engine.AudioPayload;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a media server wants reserved. Immutable.
 *
 * @param agent whom the call is for, as it would be dialled
 * @param audio the one codec of both directions, and its payload type
 * @param digits payload type of telephone-event (RFC 4733) in both directions; empty for none
 * @param packetTime sound in one packet that we send: 10, 20, 30, 40, 50 or 60 ms, if the codec has frames for that
 * @param remote where to send, and who is expected; null to learn it from the first packets
 * @param symmetric whether we send to where the packets come from (RFC 4961); false for a receiver that is another
 *     program than the sender, which needs a remote address
 * @param caller who calls
 * @param called who was called
 * @param idle how long a reservation without a packet is kept
 */
public record RtpRequest(
        String agent,
        AudioPayload audio,
        OptionalInt digits,
        Duration packetTime,
        @Nullable InetSocketAddress remote,
        boolean symmetric,
        Party caller,
        Party called,
        Duration idle) {

    /** As long as most media servers need between their signalling and their first packet. */
    public static final Duration DEFAULT_IDLE = Duration.ofSeconds(30);

    /** A reservation holds a port: nobody gets one for longer than this. */
    public static final Duration LONGEST_IDLE = Duration.ofMinutes(10);

    private static final int LAST_STATIC_BEFORE_RTCP = 63;
    private static final int FIRST_DYNAMIC = 96;
    private static final int COMFORT_NOISE = 13;

    /**
     * Checked.
     *
     * @throws IllegalArgumentException with words for whoever asked
     */
    public RtpRequest {
        Objects.requireNonNull(audio, "audio");
        Objects.requireNonNull(digits, "digits");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(called, "called");
        if (agent.isBlank()) {
            throw new IllegalArgumentException("agent is missing");
        }
        checkPayloadType("payloadType", audio.payloadType());
        digits.ifPresent(type -> checkPayloadType("dtmfPayloadType", type));
        if (digits.isPresent() && digits.getAsInt() == audio.payloadType()) {
            throw new IllegalArgumentException("payloadType and dtmfPayloadType must differ");
        }
        long millis = packetTime.toMillis();
        if (millis < 10 || millis > 60 || millis % 10 != 0) {
            throw new IllegalArgumentException("ptime must be 10, 20, 30, 40, 50 or 60");
        }
        if (remote != null
                && (remote.isUnresolved()
                        || remote.getPort() == 0
                        || remote.getAddress().isAnyLocalAddress()
                        || remote.getAddress().isMulticastAddress())) {
            throw new IllegalArgumentException("nobody can be sent sound at the remote address");
        }
        if (remote == null && !symmetric) {
            throw new IllegalArgumentException("without symmetric RTP a remote address is needed");
        }
        if (!idle.isPositive() || idle.compareTo(LONGEST_IDLE) > 0) {
            throw new IllegalArgumentException("idleTimeout must be 1 to " + LONGEST_IDLE.toSeconds() + " seconds");
        }
    }

    /** That codec with its usual number, digits as 101, 20 ms, the address to be learnt, everything else unknown. */
    public static RtpRequest of(String agent, CodecType codec) {
        return new RtpRequest(
                agent,
                new AudioPayload(codec.payloadType(), codec),
                OptionalInt.of(101),
                Duration.ofMillis(20),
                null,
                true,
                Party.UNKNOWN,
                new Party(agent, ""),
                DEFAULT_IDLE);
    }

    /** The same with an address to send to. */
    public RtpRequest towards(InetSocketAddress address) {
        return new RtpRequest(agent, audio, digits, packetTime, address, symmetric, caller, called, idle);
    }

    /** The same, kept for another time. */
    public RtpRequest idleFor(Duration other) {
        return new RtpRequest(agent, audio, digits, packetTime, remote, symmetric, caller, called, other);
    }

    /** Between them lie the numbers that would look like RTCP (RFC 5761). */
    private static void checkPayloadType(String name, int type) {
        boolean usable = type >= 0
                && type <= 127
                && (type <= LAST_STATIC_BEFORE_RTCP || type >= FIRST_DYNAMIC)
                && type != COMFORT_NOISE;
        if (!usable) {
            throw new IllegalArgumentException(name + " must be 0 to 63 or 96 to 127, and not 13 (comfort noise)");
        }
    }
}
