package dev.trunkline.app.rest.media;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trunkline.media.codec.CodecType;
import dev.trunkline.telephony.rtp.RtpEndpoint;
import dev.trunkline.telephony.rtp.RtpRequest;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as the API tells it. What is not known is absent.
 *
 * @param sdp where we receive, as a session description: for a media server that is given the far side so
 * @param remoteSdp what we send to the remote address, as a session description: for a player that receives there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RtpEndpointJson(
        String id,
        String state,
        String agent,
        String address,
        int port,
        String codec,
        int clockRate,
        int payloadType,
        @Nullable Integer dtmfPayloadType,
        long ptime,
        @Nullable String remoteAddress,
        @Nullable Integer remotePort,
        Instant reservedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant begunAt,
        @Nullable Instant endedAt,
        @Nullable String endReason,
        @Nullable String endDetail,
        String sdp,
        @Nullable String remoteSdp) {

    static RtpEndpointJson of(RtpEndpoint endpoint) {
        RtpRequest request = endpoint.request();
        CodecType codec = request.audio().codec();
        InetSocketAddress remote = request.remote();
        boolean waiting = endpoint.state() == RtpEndpoint.State.RESERVED && remote == null;
        return new RtpEndpointJson(
                endpoint.id(),
                endpoint.state().name().toLowerCase(Locale.ROOT),
                request.agent(),
                endpoint.address().getAddress().getHostAddress(),
                endpoint.address().getPort(),
                codec.name().toLowerCase(Locale.ROOT),
                codec.clockRate(),
                request.audio().payloadType(),
                request.digits().isPresent() ? request.digits().getAsInt() : null,
                request.packetTime().toMillis(),
                remote == null ? null : remote.getAddress().getHostAddress(),
                remote == null ? null : remote.getPort(),
                endpoint.reservedAt(),
                waiting ? endpoint.expiresAt() : null,
                endpoint.begunAt(),
                endpoint.endedAt(),
                endpoint.endReason().isEmpty() ? null : endpoint.endReason(),
                endpoint.endDetail().isEmpty() ? null : endpoint.endDetail(),
                endpoint.sdp(),
                remote == null ? null : endpoint.remoteSdp(remote));
    }
}
