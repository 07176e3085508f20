package dev.trunkline.telephony.rtp;

import dev.trunkline.media.codec.CodecType;
import dev.trunkline.telephony.sip.sdp.LocalAudio;
import dev.trunkline.telephony.sip.sdp.MediaDirection;
import dev.trunkline.telephony.sip.sdp.OfferAnswer;
import dev.trunkline.telephony.sip.sdp.RtpFormat;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reserved endpoint as it is at one moment. Immutable.
 *
 * @param id its name, which is the leg's too
 * @param request what was asked for
 * @param address where we receive, as the other side reaches it
 * @param state where it stands
 * @param reservedAt when it was reserved
 * @param begunAt when its call began; null before
 * @param endedAt when it was over; null before
 * @param endReason why it is over: {@code expired}, {@code cancelled}, or the reason of its call's end in lower case;
 *     empty before
 * @param endDetail more about that; may be empty
 */
public record RtpEndpoint(
        String id,
        RtpRequest request,
        InetSocketAddress address,
        State state,
        Instant reservedAt,
        @Nullable Instant begunAt,
        @Nullable Instant endedAt,
        String endReason,
        String endDetail) {

    /** Where an endpoint stands. */
    public enum State {
        /** The port is open, nobody has sent anything yet. */
        RESERVED,
        /** Its call has begun. */
        ACTIVE,
        /** Over; the port is free again. */
        ENDED
    }

    /** Where we receive, as a session description. */
    public String sdp() {
        return description(address);
    }

    /** What we send to that address, as a session description for a player that receives there. */
    public String remoteSdp(InetSocketAddress remote) {
        return description(remote);
    }

    private String description(InetSocketAddress where) {
        CodecType codec = request.audio().codec();
        List<RtpFormat> formats = new ArrayList<>();
        formats.add(new RtpFormat(
                request.audio().payloadType(), codec.name(), codec.clockRate(), codec.channels(), codec.parameters()));
        request.digits()
                .ifPresent(type -> formats.add(
                        new RtpFormat(type, RtpFormat.TELEPHONE_EVENT.name(), codec.clockRate(), 1, "0-16")));
        LocalAudio audio = new LocalAudio(
                where.getAddress(),
                where.getPort(),
                formats,
                (int) request.packetTime().toMillis(),
                MediaDirection.SENDRECV);
        return new OfferAnswer(reservedAt.toEpochMilli()).offer(audio).toString();
    }

    /** When a reservation without a packet ends. */
    public Instant expiresAt() {
        return reservedAt.plus(request.idle());
    }
}
