package dev.trunkline.telephony.sip.sdp;

import dev.trunkline.media.srtp.SrtpKeys;
import dev.trunkline.telephony.sip.message.HostPort;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The offers and answers of one call (RFC 3264): one audio stream over RTP/AVP or RTP/SAVP, every other section of the peer refused
 * with port 0. Keeps the session id, raises the version with each change, and keeps the number of sections. For one
 * thread.
 */
public final class OfferAnswer {

    private static final String PROFILE = "RTP/AVP";
    private static final String RTCP_MUX = "rtcp-mux";
    private static final String SECURE_PROFILE = "RTP/SAVP";

    private final String sessionId;
    private long version;

    /** Asked for only of a peer that has asked for it: not every one ignores what it does not know. */
    private boolean peerMuxes;

    private @Nullable Sdp lastLocal;
    private @Nullable Sdp pendingOffer;
    private @Nullable LocalAudio pendingAudio;
    private @Nullable LocalAudio lastAudio;
    private boolean secured;

    /**
     * For a new call.
     *
     * @param sessionId a number that no other call of this host has, such as the time
     */
    public OfferAnswer(long sessionId) {
        this.sessionId = Long.toString(sessionId & Long.MAX_VALUE);
        this.version = 1;
    }

    /** An offer. Until {@link #accept} or {@link #forget} it is the one that waits for an answer. */
    public Sdp offer(LocalAudio local) {
        List<SdpMedia> sections = new ArrayList<>();
        boolean protect = secured || local.crypto().policy() == SrtpPolicy.REQUIRED;
        List<CryptoAttribute> crypto = protect ? local.crypto().keys() : List.of();
        SdpMedia audio = section(local, local.formats(), local.direction(), local.ptime(), crypto);
        Sdp last = lastLocal;
        if (last == null) {
            sections.add(audio);
        } else {
            boolean placed = false;
            for (SdpMedia old : last.media()) {
                if (!placed && old.type().equals("audio") && (old.port() != 0 || last.activeAudio() == null)) {
                    sections.add(audio);
                    placed = true;
                } else {
                    sections.add(old.refused());
                }
            }
            if (!placed) {
                sections.add(audio);
            }
        }
        Sdp offer = versioned(local.address(), "0 0", sections);
        pendingOffer = offer;
        pendingAudio = local;
        lastAudio = local;
        return offer;
    }

    /** What was said last waits for an answer again: it has been sent once more to refresh the session (RFC 4028, 7.4). */
    public void repeat() {
        pendingOffer = lastLocal;
        pendingAudio = lastAudio;
    }

    /** The offer has been refused or its request has failed: what was settled before goes on. */
    public void forget() {
        pendingOffer = null;
        pendingAudio = null;
    }

    /**
     * Takes the peer's answer to the waiting offer.
     *
     * @throws SdpException if no offer waits or the answer does not fit it
     */
    public NegotiatedAudio accept(Sdp answer) throws SdpException {
        Sdp offer = pendingOffer;
        LocalAudio local = pendingAudio;
        if (offer == null || local == null) {
            throw new SdpException("answer without an offer");
        }
        NegotiatedAudio settled = check(offer, local, answer);
        secured = settled.protection() != null;
        forget();
        return settled;
    }

    /**
     * Reads an answer that is not final (an early dialog of a call that may have forked); the offer goes on waiting.
     *
     * @throws SdpException if no offer waits or the answer does not fit it
     */
    public NegotiatedAudio preview(Sdp answer) throws SdpException {
        Sdp offer = pendingOffer;
        LocalAudio local = pendingAudio;
        if (offer == null || local == null) {
            throw new SdpException("answer without an offer");
        }
        return check(offer, local, answer);
    }

    private static NegotiatedAudio check(Sdp offer, LocalAudio local, Sdp answer) throws SdpException {
        if (answer.media().size() != offer.media().size()) {
            throw new SdpException("answer has " + answer.media().size() + " m= lines, the offer "
                    + offer.media().size());
        }
        for (int i = 0; i < offer.media().size(); i++) {
            SdpMedia ours = offer.media().get(i);
            SdpMedia theirs = answer.media().get(i);
            if (ours.port() == 0) {
                continue;
            }
            if (theirs.port() == 0) {
                throw new SdpException("the answer refuses the audio");
            }
            if (!theirs.type().equals(ours.type()) || !theirs.protocol().equalsIgnoreCase(ours.protocol())) {
                throw new SdpException("the answer changes the m= line");
            }
            SrtpKeys protection = null;
            if (ours.protocol().equals(SECURE_PROFILE)) {
                protection = local.crypto()
                        .chosen(CryptoAttribute.of(theirs))
                        .orElseThrow(() -> new SdpException("the answer has none of the keys' suites"));
            }
            List<RtpFormat> common = new ArrayList<>();
            for (RtpFormat format : theirs.rtpFormats()) {
                for (RtpFormat own : local.formats()) {
                    if (own.isSameCodec(format)) {
                        common.add(format);
                        break;
                    }
                }
            }
            return settled(answer, theirs, common, local.formats(), ours, protection);
        }
        throw new SdpException("the offer had no audio");
    }

    private static NegotiatedAudio settled(
            Sdp remote,
            SdpMedia section,
            List<RtpFormat> common,
            List<RtpFormat> receiving,
            SdpMedia ours,
            @Nullable SrtpKeys protection)
            throws SdpException {
        RtpFormat codec = firstVoice(common);
        if (codec == null) {
            throw new SdpException("no common codec");
        }
        MediaDirection own = ours.direction() == null ? MediaDirection.SENDRECV : ours.direction();
        MediaDirection direction = own.and(remote.directionOf(section).mirrored());
        return new NegotiatedAudio(
                remote.addressOf(section),
                section.port(),
                rtcpAddress(section),
                rtcpPort(section),
                muxes(section) && muxes(ours),
                codec,
                events(common, codec),
                receiving,
                ptime(section),
                direction,
                protection);
    }

    /**
     * Answers an offer and settles the stream.
     *
     * @throws NotAcceptableException if no section can be taken
     */
    public Answered answer(Sdp offer, LocalAudio local) throws NotAcceptableException {
        List<SdpMedia> sections = new ArrayList<>(offer.media().size());
        NegotiatedAudio settled = null;
        String fault =
                local.crypto().policy() == SrtpPolicy.REQUIRED ? "no audio over RTP/SAVP" : "no audio over RTP/AVP";
        for (SdpMedia theirs : offer.media()) {
            if (settled != null
                    || theirs.port() == 0
                    || !theirs.type().equals("audio")
                    || !takes(theirs, local.crypto().policy())) {
                sections.add(theirs.refused());
                continue;
            }
            boolean protect = theirs.protocol().equalsIgnoreCase(SECURE_PROFILE);
            LocalCrypto.Chosen chosen =
                    protect ? local.crypto().choose(CryptoAttribute.of(theirs)).orElse(null) : null;
            if (protect && chosen == null) {
                fault = "no key for SRTP that can be used";
                sections.add(theirs.refused());
                continue;
            }
            List<RtpFormat> common = common(theirs, local.formats());
            RtpFormat codec = firstVoice(common);
            if (codec == null) {
                fault = "no common codec";
                sections.add(theirs.refused());
                continue;
            }
            MediaDirection direction =
                    local.direction().and(offer.directionOf(theirs).mirrored());
            peerMuxes = muxes(theirs);
            sections.add(section(
                    local, common, direction, local.ptime(), chosen == null ? List.of() : List.of(chosen.answer())));
            settled = new NegotiatedAudio(
                    offer.addressOf(theirs),
                    theirs.port(),
                    rtcpAddress(theirs),
                    rtcpPort(theirs),
                    muxes(theirs),
                    asOffered(theirs, codec),
                    events(common, codec),
                    common,
                    ptime(theirs),
                    direction,
                    chosen == null ? null : chosen.keys());
        }
        if (settled == null) {
            throw new NotAcceptableException(fault);
        }
        secured = settled.protection() != null;
        lastAudio = local;
        return new Answered(versioned(local.address(), offer.timing(), sections), settled);
    }

    private static boolean takes(SdpMedia section, SrtpPolicy policy) {
        return section.protocol().equalsIgnoreCase(PROFILE) && policy != SrtpPolicy.REQUIRED
                || section.protocol().equalsIgnoreCase(SECURE_PROFILE) && policy != SrtpPolicy.OFF;
    }

    /**
     * An answer and what it settles.
     *
     * @param sdp to send
     * @param audio the stream from now on
     */
    public record Answered(Sdp sdp, NegotiatedAudio audio) {}

    /** The offerer's order counts, and its numbers are kept (RFC 3264, 6.1). */
    private static List<RtpFormat> common(SdpMedia theirs, List<RtpFormat> ours) {
        List<RtpFormat> common = new ArrayList<>(4);
        for (RtpFormat format : theirs.rtpFormats()) {
            for (RtpFormat own : ours) {
                if (own.isSameCodec(format) && common.stream().noneMatch(own::isSameCodec)) {
                    common.add(own.withPayloadType(format.payloadType()));
                }
            }
        }
        return common;
    }

    /** With the offerer's parameters, which say what it wants to be sent. */
    private static RtpFormat asOffered(SdpMedia theirs, RtpFormat codec) {
        for (RtpFormat format : theirs.rtpFormats()) {
            if (format.payloadType() == codec.payloadType()) {
                return codec.withParameters(format.parameters());
            }
        }
        return codec;
    }

    private static @Nullable RtpFormat firstVoice(List<RtpFormat> formats) {
        for (RtpFormat format : formats) {
            if (!format.isTelephoneEvent() && !format.name().equalsIgnoreCase("CN")) {
                return format;
            }
        }
        return null;
    }

    /** The event clock must be the codec's, or else events and audio share no time line. */
    private static @Nullable RtpFormat events(List<RtpFormat> formats, RtpFormat codec) {
        for (RtpFormat format : formats) {
            if (format.isTelephoneEvent() && format.clockRate() == codec.clockRate()) {
                return format;
            }
        }
        return null;
    }

    private static int ptime(SdpMedia section) {
        int wish = milliseconds(section.attribute("ptime"), 20);
        int limit = milliseconds(section.attribute("maxptime"), 60);
        int length = Math.min(wish, Math.max(10, limit));
        return Math.clamp(length / 10 * 10, 10, 60);
    }

    private static int milliseconds(@Nullable String text, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            int value = (int) Double.parseDouble(text);
            return value < 1 ? otherwise : value;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static int rtcpPort(SdpMedia section) {
        String value = section.attribute("rtcp");
        if (value != null) {
            int space = value.indexOf(' ');
            int port = milliseconds(space < 0 ? value : value.substring(0, space), 0);
            if (port > 0 && port <= 65_535) {
                return port;
            }
        }
        return Math.min(section.port() + 1, 65_535);
    }

    /** The peer wants reports at another address than the sound: {@code a=rtcp:53020 IN IP4 192.0.2.5}. */
    private static String rtcpAddress(SdpMedia section) {
        String value = section.attribute("rtcp");
        String[] parts = value == null ? new String[0] : value.split(" +");
        return parts.length == 4 && parts[1].equals("IN") ? parts[3] : "";
    }

    private static boolean muxes(SdpMedia section) {
        return section.attribute(RTCP_MUX) != null;
    }

    private SdpMedia section(
            LocalAudio local,
            List<RtpFormat> formats,
            MediaDirection direction,
            int ptime,
            List<CryptoAttribute> crypto) {
        List<String> numbers = new ArrayList<>(formats.size());
        List<SdpAttribute> attributes = new ArrayList<>();
        for (RtpFormat format : formats) {
            numbers.add(Integer.toString(format.payloadType()));
            attributes.add(new SdpAttribute("rtpmap", format.payloadType() + " " + format.map()));
            if (!format.parameters().isEmpty()) {
                attributes.add(new SdpAttribute("fmtp", format.payloadType() + " " + format.parameters()));
            }
        }
        crypto.forEach(line -> attributes.add(line.attribute()));
        attributes.add(new SdpAttribute("ptime", Integer.toString(ptime)));
        attributes.add(SdpAttribute.flag(direction.attribute()));
        if (peerMuxes) {
            attributes.add(SdpAttribute.flag(RTCP_MUX));
        }
        return new SdpMedia(
                "audio", local.port(), crypto.isEmpty() ? PROFILE : SECURE_PROFILE, numbers, null, attributes);
    }

    private Sdp versioned(InetAddress address, String timing, List<SdpMedia> sections) {
        String numbers = HostPort.literal(address).replace("[", "").replace("]", "");
        String place = (address instanceof Inet6Address ? "IN IP6 " : "IN IP4 ") + numbers;
        Sdp last = lastLocal;
        Sdp next = new Sdp(
                new SdpOrigin("-", sessionId, Long.toString(version), place), "-", place, timing, List.of(), sections);
        if (last != null && !last.equals(next)) {
            version++;
            next = next.withOrigin(new SdpOrigin("-", sessionId, Long.toString(version), place));
        }
        lastLocal = next;
        return next;
    }
}
