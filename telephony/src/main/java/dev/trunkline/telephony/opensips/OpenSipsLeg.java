package dev.trunkline.telephony.opensips;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.LegListener;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.core.line.TransferFailure;
import dev.trunkline.core.line.Voice;
import dev.trunkline.media.engine.NoFreePortException;
import dev.trunkline.telephony.leg.LegEvents;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.sdp.NotAcceptableException;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A call that OpenSIPS has passed to us: where its signalling stands, and what requests within it mean. That belongs to the
 * channel's thread; everything of {@link Leg} is thread-safe.
 */
final class OpenSipsLeg implements Leg {

    private enum Stage {
        OFFERED,
        /** The 200 is on its way; without an offer of the caller we wait for the answer in the ACK as well. */
        ANSWERING,
        ANSWERED,
        OVER
    }

    /** As long as a SIP endpoint would repeat its 200. */
    private static final Duration LONGEST_WAIT_FOR_ACK = Duration.ofSeconds(32);

    /** As long as a telephone rings at the far end of a transfer, and then some. */
    private static final Duration LONGEST_TRANSFER = Duration.ofSeconds(90);

    private final OpenSipsChannel channel;
    private final String key;
    private final Parties parties;
    private final @Nullable Sdp offer;
    private final LegEvents events;
    private final SessionMedia media;

    private Stage stage = Stage.OFFERED;
    private boolean rings;
    private @Nullable Referral referral;
    private @Nullable Runnable stopAckClock;
    private @Nullable Runnable stopTransferClock;

    OpenSipsLeg(OpenSipsChannel channel, SessionEvent first, Parties parties, @Nullable Sdp offer) {
        this.channel = channel;
        this.key = first.key();
        this.parties = parties;
        this.offer = offer;
        this.events = new LegEvents(key);
        this.media = new SessionMedia(channel, events, this::hangUp);
    }

    private static long now() {
        return System.nanoTime();
    }

    // ---- what OpenSIPS tells

    void on(SessionEvent event) {
        switch (event.type()) {
            case TERMINATED -> terminated(event);
            case UPDATED -> {
                if (event.isRequest()) {
                    onRequest(event);
                } else {
                    onResponse(event);
                }
            }
            case NEW, EARLY, ANSWERED, REJECTED -> {
                // of sessions that we begin; we begin none
            }
        }
    }

    private void terminated(SessionEvent event) {
        String why = event.headers().get("reason");
        String detail = event.method() + (why == null ? "" : " " + why);
        Referral leaving = referral;
        if (leaving != null && leaving.isAccepted()) {
            // gone to whom we sent it; many telephones do not wait for the end of their report
            events.emit(new LegEvent.Transferred(now()));
            end(EndReason.TRANSFERRED, detail);
        } else if (stage == Stage.OFFERED || event.method().equals("CANCEL")) {
            end(EndReason.CANCELLED, detail);
        } else {
            end(EndReason.CALLER_HUNG_UP, detail);
        }
    }

    private void onRequest(SessionEvent request) {
        switch (request.method()) {
            case "ACK" -> acknowledged(request);
            case "INVITE", "UPDATE" -> renegotiate(request);
            case "INFO" -> reply(request, media.onInfo(request) ? 200 : 415, null);
            case "NOTIFY" -> {
                reply(request, 200, null);
                Referral current = referral;
                if (current != null) {
                    told(current.onNotify(request, now()));
                }
            }
            case "OPTIONS", "PRACK" -> reply(request, 200, null);
            case "BYE", "CANCEL" -> terminated(request);
            default -> reply(request, 405, null);
        }
    }

    private void onResponse(SessionEvent response) {
        Referral current = referral;
        if (current != null && response.method().equals("REFER")) {
            told(current.onResponse(response, now()));
        }
    }

    /** An INVITE without an offer is answered with ours, and its ACK holds the answer. */
    private void renegotiate(SessionEvent request) {
        if (request.body().isBlank() && request.method().equals("UPDATE")) {
            reply(request, 200, null);
            return;
        }
        SessionOffer next = SessionOffer.of(
                request, channel.settings().mediaAddress(), channel.media().codecs());
        if (next.refusal() != 0) {
            channel.reply(key, request.method(), next.refusal(), next.reason(), null, OpenSipsChannel.ignoring(key));
            return;
        }
        try {
            reply(request, 200, next.sdp() == null ? media.offer() : media.answer(next.sdp()));
        } catch (NotAcceptableException e) {
            reply(request, 488, null);
        } catch (NoFreePortException e) {
            reply(request, 500, null);
        }
    }

    private void reply(SessionEvent request, int code, @Nullable Sdp sdp) {
        channel.reply(
                key,
                request.method(),
                code,
                ReasonPhrase.of(code),
                sdp == null ? null : sdp.toString(),
                OpenSipsChannel.ignoring(key));
    }

    private void acknowledged(SessionEvent ack) {
        if (ack.body().isBlank() || !media.awaitsAnswer()) {
            return;
        }
        try {
            media.accept(Sdp.parse(ack.body()));
        } catch (SdpException e) {
            fail("SDP: " + e.getMessage());
            return;
        }
        if (stage == Stage.ANSWERING) {
            answered();
        }
    }

    // ---- answering

    private void answerNow() {
        if (stage != Stage.OFFERED) {
            return;
        }
        Sdp sdp;
        try {
            sdp = offer == null ? media.offer() : media.answer(offer);
        } catch (NoFreePortException e) {
            rejectNow(RejectCause.UNAVAILABLE, "no free RTP port");
            return;
        } catch (NotAcceptableException e) {
            refuse(488, EndReason.REFUSED, String.valueOf(e.getMessage()));
            return;
        }
        stage = Stage.ANSWERING;
        channel.reply(key, "INVITE", 200, "OK", sdp.toString(), new MiConnection.Outcome() {
            @Override
            public void done(JsonNode result) {
                sent();
            }

            @Override
            public void failed(MiException e) {
                if (e.isRepeated() && !e.isUnanswered()) {
                    // the copy is refused: the first has been carried out
                    sent();
                } else if (stage != Stage.OVER) {
                    channel.terminate(key);
                    end(EndReason.FAILED, String.valueOf(e.getMessage()));
                }
            }
        });
    }

    private void sent() {
        if (stage != Stage.ANSWERING) {
            return;
        }
        if (media.awaitsAnswer()) {
            stopAckClock =
                    channel.mi().after(LONGEST_WAIT_FOR_ACK, () -> fail("no ACK with an answer; flag a is needed"));
        } else {
            answered();
        }
    }

    private void answered() {
        stage = Stage.ANSWERED;
        stop(stopAckClock);
        events.emit(new LegEvent.Answered(now()));
        media.answered();
    }

    private void fail(String detail) {
        if (stage != Stage.OVER) {
            channel.terminate(key);
            end(EndReason.FAILED, detail);
        }
    }

    // ---- the end

    private void rejectNow(RejectCause cause, String detail) {
        int status = switch (cause) {
            case NOT_FOUND -> 404;
            case BUSY -> 486;
            case UNAVAILABLE -> 503;
            case DECLINED -> 603;
            case FAILED -> 500;
        };
        refuse(status, cause == RejectCause.FAILED ? EndReason.FAILED : EndReason.REFUSED, detail);
    }

    private void refuse(int status, EndReason reason, String detail) {
        if (stage == Stage.OFFERED) {
            channel.reply(key, "INVITE", status, ReasonPhrase.of(status), null, OpenSipsChannel.ignoring(key));
            end(reason, detail);
        }
    }

    /** On the channel's thread. */
    void hangUpNow(EndReason reason) {
        switch (stage) {
            case OFFERED -> refuse(reason == EndReason.SHUTDOWN ? 503 : 480, reason, "");
            case ANSWERING, ANSWERED -> {
                channel.terminate(key);
                end(reason, "");
            }
            case OVER -> {
                // somebody was quicker
            }
        }
    }

    private void end(EndReason reason, String detail) {
        if (stage == Stage.OVER) {
            return;
        }
        stage = Stage.OVER;
        stop(stopAckClock);
        stop(stopTransferClock);
        media.close();
        channel.over(this);
        events.emit(new LegEvent.Ended(now(), reason, detail));
    }

    private static void stop(@Nullable Runnable clock) {
        if (clock != null) {
            clock.run();
        }
    }

    // ---- transfer

    private void transferNow(String headers) {
        if (stage != Stage.ANSWERED || referral != null) {
            events.emit(new LegEvent.TransferRefused(
                    now(),
                    TransferFailure.FAILED,
                    referral == null ? "not answered" : "another transfer is under way"));
            return;
        }
        referral = new Referral();
        stopTransferClock = channel.mi()
                .after(
                        LONGEST_TRANSFER,
                        () -> told(new LegEvent.TransferRefused(
                                now(), TransferFailure.FAILED, "nothing was heard of it")));
        channel.request(key, "REFER", headers, new MiConnection.Outcome() {
            @Override
            public void done(JsonNode result) {}

            @Override
            public void failed(MiException e) {
                told(new LegEvent.TransferRefused(now(), TransferFailure.FAILED, String.valueOf(e.getMessage())));
            }
        });
    }

    /** What became of the transfer; null if nothing yet. */
    private void told(@Nullable LegEvent event) {
        if (event == null || referral == null || stage != Stage.ANSWERED) {
            return;
        }
        events.emit(event);
        if (event instanceof LegEvent.TransferProgress) {
            return;
        }
        referral = null;
        stop(stopTransferClock);
        if (event instanceof LegEvent.Transferred) {
            channel.terminate(key);
            end(EndReason.TRANSFERRED, "");
        }
    }

    // ---- the leg

    @Override
    public String id() {
        return key;
    }

    @Override
    public String channel() {
        return "opensips";
    }

    @Override
    public CallDirection direction() {
        return CallDirection.INBOUND;
    }

    @Override
    public Party from() {
        return parties.from();
    }

    @Override
    public Party to() {
        return parties.to();
    }

    @Override
    public String dialled() {
        return parties.dialled();
    }

    @Override
    public void listen(LegListener listener) {
        events.listen(listener);
    }

    @Override
    public void ring() {
        channel.mi().execute(() -> {
            if (stage == Stage.OFFERED && !rings) {
                rings = true;
                channel.reply(key, "INVITE", 180, "Ringing", null, OpenSipsChannel.ignoring(key));
            }
        });
    }

    @Override
    public void answer() {
        channel.mi().execute(this::answerNow);
    }

    @Override
    public void reject(RejectCause cause, String detail) {
        channel.mi().execute(() -> rejectNow(cause, detail));
    }

    @Override
    public void hangUp(EndReason reason) {
        channel.mi().execute(() -> hangUpNow(reason));
    }

    @Override
    public boolean canTransfer() {
        return true;
    }

    @Override
    public void transfer(String target) {
        String headers = Referral.headers(target, parties.to().address());
        channel.mi().execute(() -> transferNow(headers));
    }

    @Override
    public Voice voice() {
        return media.voice();
    }

    @Override
    public long ssrc() {
        return media.voice().ssrc();
    }

    @Override
    public MediaQuality quality() {
        return media.voice().quality();
    }
}
