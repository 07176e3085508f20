package dev.trunkline.telephony.sip;

import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.sdp.NotAcceptableException;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import dev.trunkline.telephony.sip.useragent.CallCause;
import dev.trunkline.telephony.sip.useragent.CallRequest;
import dev.trunkline.telephony.sip.useragent.IncomingSipCall;
import dev.trunkline.telephony.sip.useragent.Party;
import dev.trunkline.telephony.sip.useragent.ReferReply;
import dev.trunkline.telephony.sip.useragent.SipCall;
import dev.trunkline.telephony.sip.useragent.SipCallEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How somebody else becomes the far side of a leg: another telephone calls us with Replaces (RFC 3891), or the far side sends us
 * to somebody by REFER and we call them. Port and voice stay the same, so that whoever speaks on the leg goes on speaking. SIP
 * thread.
 */
final class Succession {

    private static final Logger LOG = System.getLogger(Succession.class.getName());
    private static final Duration RING = Duration.ofSeconds(60);

    /** How long the old far side may stay until we hang up ourselves: that is its part (RFC 5589). */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final SipLeg leg;
    private @Nullable Following following;

    Succession(SipLeg leg) {
        this.leg = leg;
    }

    // ---- another telephone calls us

    /** Answers the call and makes it this leg's; false if it has been refused. */
    boolean takeOver(IncomingSipCall next) {
        LegMedia.Next media = leg.media().next();
        SipCall old = leg.call();
        try {
            Sdp offer = next.offer();
            if (offer == null) {
                Sdp ours = media.offer(next.localAddress());
                media.take();
                next.answer(ours);
            } else {
                next.answer(media.answer(offer, next.localAddress()));
            }
        } catch (NotAcceptableException e) {
            next.reject(488, ReasonPhrase.of(488) + ": " + e.getMessage(), Map.of());
            return false;
        }
        close();
        leg.succeededBy(next, SipLeg.party(CallingParty.of(next.invite()).address()));
        if (old != null) {
            old.hangUp(CallCause.NORMAL);
        }
        return true;
    }

    // ---- the far side sends us to somebody

    void follow(SipCall old, SipCallEvent.ReferReceived refer) {
        if (following != null || !leg.sipChannel().transferPolicy().allows(refer.target())) {
            LOG.log(
                    Level.WARNING,
                    "call {0}: the far side sends us to {1}, which is not allowed",
                    leg.id(),
                    refer.target().host());
            refer.reply().reject(603, "");
            return;
        }
        refer.reply().accept();
        Following next = new Following(old, refer.reply());
        following = next;
        next.begin(refer);
    }

    /** True while somebody is being called in the far side's place. */
    boolean isFollowing() {
        return following != null;
    }

    /**
     * The leg's call has ended.
     *
     * @return true if the leg goes on all the same: the far side has gone, and whom it has named is being called
     */
    boolean outlives(SipCallEvent.Ended ended) {
        Following current = following;
        if (current == null || !(ended instanceof SipCallEvent.HungUp hungUp) || hungUp.by() != Party.REMOTE) {
            return false;
        }
        current.oldEnd = ended;
        return true;
    }

    /** The leg is being ended: nobody is called any more. */
    void close() {
        Following current = following;
        if (current != null) {
            current.giveUp();
        }
    }

    private final class Following {

        private final SipCall old;
        private final ReferReply reply;
        private final LegMedia.Next media = leg.media().next();
        private @Nullable SipCall next;
        private boolean over;
        private boolean taken;
        SipCallEvent.@Nullable Ended oldEnd;

        Following(SipCall old, ReferReply reply) {
            this.old = old;
            this.reply = reply;
        }

        void begin(SipCallEvent.ReferReceived refer) {
            Map<String, String> headers = new LinkedHashMap<>();
            if (!refer.by().isEmpty()) {
                headers.put(HeaderName.REFERRED_BY, refer.by());
            }
            refer.replaces().ifPresent(replaced -> {
                headers.put(HeaderName.REPLACES, replaced.toString());
                headers.put(HeaderName.REQUIRE, "replaces");
            });
            try {
                CallRequest request = leg.sipChannel()
                        .request(refer.target().toString(), old.local().uri().userName(), media::offer)
                        .ringingFor(RING)
                        .andHeaders(headers);
                next = leg.sipChannel().endpoint().call(request, this::onEvent);
            } catch (IllegalArgumentException e) {
                reply.tell(404, "");
                finish();
            }
        }

        private void onEvent(SipCall same, SipCallEvent event) {
            if (taken) {
                leg.onEvent(same, event);
                return;
            }
            switch (event) {
                case SipCallEvent.Ringing ringing -> reply.tell(ringing.status(), ringing.reason());
                case SipCallEvent.EarlyMedia early -> reply.tell(183, "");
                case SipCallEvent.Answered answered -> onAnswered(same, answered.sdp());
                case SipCallEvent.Failed failed -> {
                    reply.tell(failed.status(), failed.reason());
                    finish();
                }
                case SipCallEvent.Ended ended -> {
                    reply.tell(487, "");
                    finish();
                }
                case SipCallEvent.OfferReceived offer -> offer.reply().reject(488, "");
                default -> {
                    // nothing that would matter before the answer
                }
            }
        }

        private void onAnswered(SipCall same, @Nullable Sdp sdp) {
            try {
                if (sdp == null || over) {
                    throw new SdpException("not wanted any more");
                }
                media.accept(sdp);
            } catch (SdpException e) {
                same.hangUp(CallCause.sip(488, String.valueOf(e.getMessage())));
                return;
            }
            taken = true;
            over = true;
            following = null;
            leg.succeededBy(same, SipLeg.party(same.remote()));
            reply.tell(200, "");
            if (oldEnd == null) {
                same.afterOnSipThread(LINGER, () -> old.hangUp(CallCause.NORMAL));
            }
        }

        void giveUp() {
            SipCall current = next;
            if (!over && current != null) {
                current.hangUp(CallCause.NORMAL);
            }
        }

        private void finish() {
            if (over) {
                return;
            }
            over = true;
            following = null;
            SipCallEvent.Ended end = oldEnd;
            if (end != null) {
                leg.end(end);
            }
        }
    }
}
