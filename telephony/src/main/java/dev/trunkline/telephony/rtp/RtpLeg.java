package dev.trunkline.telephony.rtp;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.LegListener;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.core.line.Voice;
import dev.trunkline.media.engine.MediaEvent;
import dev.trunkline.media.engine.MediaSession;
import dev.trunkline.media.engine.RtpParameters;
import dev.trunkline.telephony.leg.DigitMerger;
import dev.trunkline.telephony.leg.LegEvents;
import dev.trunkline.telephony.leg.MediaTold;
import dev.trunkline.telephony.leg.MediaVoice;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call that is nothing but RTP. Nobody has to be told that it is answered or over: answering is immediate, ending closes
 * the port. Where it stands changes on the door's thread only; everybody may look.
 */
final class RtpLeg implements Leg {

    private final RtpDoor door;
    private final String id;
    private final RtpRequest request;
    private final Runnable atTheEnd;
    private final LegEvents events;
    private final MediaVoice voice = new MediaVoice();
    private final DigitMerger digits = new DigitMerger(DigitMerger.COPY_WINDOW);
    private volatile @Nullable RtpEndpoint endpoint;
    private boolean answered;

    /**
     * A leg whose port is not open yet.
     *
     * @param atTheEnd gives its place back
     */
    RtpLeg(RtpDoor door, String id, RtpRequest request, Runnable atTheEnd) {
        this.door = door;
        this.id = id;
        this.request = request;
        this.atTheEnd = atTheEnd;
        this.events = new LegEvents(id);
    }

    /** Where it stands from the beginning. */
    void reserve(RtpEndpoint reserved) {
        endpoint = reserved;
    }

    /** Sound is taken from now on. */
    void open(MediaSession session, RtpParameters parameters) {
        voice.attach(session);
        if (!request.symmetric()) {
            session.sendAsAgreed();
        }
        voice.negotiate(parameters);
    }

    /** What was asked for. */
    RtpRequest request() {
        return request;
    }

    /** Where it stands. */
    RtpEndpoint endpoint() {
        return Objects.requireNonNull(endpoint, "not open yet");
    }

    private void onDigit(MediaEvent.DigitPressed digit) {
        if (digits.isNew(digit)) {
            events.emit(new LegEvent.DigitPressed(digit.nanoTime(), digit.digit()));
        }
    }

    void onMedia(MediaEvent event) {
        LegEvent told = MediaTold.of(event);
        if (told != null) {
            events.emit(told);
        }
        switch (event) {
            case MediaEvent.FirstPacket first -> door.execute(() -> door.begin(this));
            case MediaEvent.DigitPressed digit -> onDigit(digit);
            case MediaEvent.MediaTimedOut timedOut -> door.execute(this::timedOut);
            case MediaEvent.MediaFailed failed -> door.execute(() -> end(EndReason.FAILED, failed.reason()));
            default -> {}
        }
    }

    /** A reservation has a clock of its own. */
    private void timedOut() {
        if (endpoint().state() == RtpEndpoint.State.ACTIVE) {
            end(EndReason.MEDIA_TIMEOUT, "no media received");
        }
    }

    // ---- on the door's thread

    /** The call begins; false if it cannot any more. */
    boolean begin() {
        RtpEndpoint now = endpoint();
        if (now.state() != RtpEndpoint.State.RESERVED) {
            return false;
        }
        endpoint = new RtpEndpoint(
                id, request, now.address(), RtpEndpoint.State.ACTIVE, now.reservedAt(), Instant.now(), null, "", "");
        return true;
    }

    /** Over without a call: expired or cancelled. */
    void giveUp(String why) {
        if (endpoint().state() == RtpEndpoint.State.RESERVED) {
            over(EndReason.CANCELLED, why, "");
        }
    }

    void end(EndReason reason, String detail) {
        over(reason, reason.name().toLowerCase(Locale.ROOT), detail);
    }

    private void over(EndReason reason, String word, String detail) {
        RtpEndpoint now = endpoint();
        if (now.state() == RtpEndpoint.State.ENDED) {
            return;
        }
        endpoint = new RtpEndpoint(
                id,
                request,
                now.address(),
                RtpEndpoint.State.ENDED,
                now.reservedAt(),
                now.begunAt(),
                Instant.now(),
                word,
                detail);
        voice.close();
        door.over(this);
        atTheEnd.run();
        events.emit(new LegEvent.Ended(System.nanoTime(), reason, detail));
    }

    // ---- the leg

    @Override
    public String id() {
        return id;
    }

    @Override
    public String channel() {
        return "rtp";
    }

    @Override
    public CallDirection direction() {
        return CallDirection.INBOUND;
    }

    @Override
    public Party from() {
        return request.caller();
    }

    @Override
    public Party to() {
        return request.called();
    }

    @Override
    public String dialled() {
        return request.agent();
    }

    @Override
    public void listen(LegListener listener) {
        events.listen(listener);
    }

    /** There is nobody to tell. */
    @Override
    public void ring() {}

    @Override
    public void answer() {
        door.execute(() -> {
            if (!answered) {
                answered = true;
                events.emit(new LegEvent.Answered(System.nanoTime()));
            }
        });
    }

    @Override
    public void reject(RejectCause cause, String detail) {
        door.execute(() -> end(cause == RejectCause.FAILED ? EndReason.FAILED : EndReason.REFUSED, detail));
    }

    @Override
    public void hangUp(EndReason reason) {
        door.execute(() -> end(reason, ""));
    }

    @Override
    public Voice voice() {
        return voice;
    }

    @Override
    public long ssrc() {
        return voice.ssrc();
    }

    @Override
    public MediaQuality quality() {
        return voice.quality();
    }
}
