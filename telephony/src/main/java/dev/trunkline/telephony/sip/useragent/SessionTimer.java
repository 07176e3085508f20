package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transport.SipScheduler.Timer;
import dev.trunkline.telephony.sip.useragent.SessionExpires.Refresher;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a call has died without a BYE (RFC 4028). Every re-INVITE and UPDATE that is answered with a 2xx begins the
 * session interval anew; who is the refresher sends one at half of it; a side that sees it run out hangs up. A peer that does
 * not know session timers is refreshed by us, which tells as much.
 */
final class SessionTimer {

    /** A refresh more often than every five seconds would be an attack, whoever has asked for it. */
    private static final long FLOOR_SECONDS = 10;

    private final CallSession call;
    private long minimum;
    private long interval;
    private boolean ours;
    private @Nullable Timer refresh;
    private @Nullable Timer expiry;

    SessionTimer(CallSession call) {
        this.call = call;
        this.minimum = settings().minimum().toSeconds();
    }

    private SessionTimerSettings settings() {
        return call.agent.settings().sessionTimer();
    }

    /** The refusal of a request that wants too short an interval, null if it may pass. */
    static @Nullable SipResponse refusal(SipRequest request, SessionTimerSettings settings, String tag) {
        SessionExpires wanted = SessionExpires.of(request);
        long least = settings.minimum().toSeconds();
        if (wanted == null || wanted.seconds() >= least || !Extensions.supports(request, Extensions.TIMER)) {
            return null;
        }
        SipResponse refusal = SipResponse.to(request, 422, ReasonPhrase.of(422), tag);
        refusal.headers().add(HeaderName.MIN_SE, Long.toString(least));
        return refusal;
    }

    // ---- our requests

    /** Says in an INVITE or UPDATE of ours what we want, or what is settled. */
    void ask(SipRequest request) {
        long wanted = Math.max(settings().interval().toSeconds(), minimum);
        if (isRunning()) {
            wanted = Math.max(interval, minimum);
            put(request, new SessionExpires(wanted, ours ? Refresher.UAC : Refresher.UAS));
        } else if (!settings().interval().isZero()) {
            put(request, new SessionExpires(wanted, null));
        } else {
            return;
        }
        if (minimum != SessionTimerSettings.SHORTEST.toSeconds()) {
            request.headers().set(HeaderName.MIN_SE, Long.toString(minimum));
        }
    }

    private static void put(SipRequest request, SessionExpires value) {
        request.headers().set(HeaderName.SESSION_EXPIRES, value.toString());
    }

    /**
     * Takes a 422: from now on we ask for as much as it wants.
     *
     * @return false if it wants nothing that would help
     */
    boolean raise(SipResponse refusal) {
        long wanted = SessionExpires.minimum(refusal);
        if (wanted <= minimum) {
            return false;
        }
        minimum = wanted;
        return true;
    }

    /** Our request has been answered with a 2xx. */
    void onSuccess(SipRequest request, SipResponse success) {
        SessionExpires settled = SessionExpires.of(success);
        if (settled != null) {
            begin(settled.seconds(), settled.refresher() != Refresher.UAS);
            return;
        }
        SessionExpires asked = SessionExpires.of(request);
        if (asked == null) {
            stop();
        } else {
            // The peer does not know session timers: we refresh for both (RFC 4028, 7.2).
            begin(asked.seconds(), true);
        }
    }

    // ---- the peer's requests

    /** Settles the timer in a 2xx of ours. */
    void answer(SipRequest request, SipResponse success) {
        boolean known = Extensions.supports(request, Extensions.TIMER);
        SessionExpires wanted = SessionExpires.of(request);
        long own = settings().interval().toSeconds();
        long least =
                Math.max(SessionExpires.minimum(request), Math.min(minimum, SessionTimerSettings.SHORTEST.toSeconds()));
        long seconds;
        if (wanted != null) {
            seconds = own > 0 && own < wanted.seconds() && own >= least ? own : wanted.seconds();
        } else if (own > 0) {
            seconds = Math.max(own, least);
        } else {
            stop();
            return;
        }
        boolean theirs = known && wanted != null && wanted.refresher() == Refresher.UAC;
        SessionExpires settled = new SessionExpires(seconds, theirs ? Refresher.UAC : Refresher.UAS);
        success.headers().set(HeaderName.SESSION_EXPIRES, settled.toString());
        if (theirs) {
            success.headers().add(HeaderName.REQUIRE, Extensions.TIMER);
        }
        begin(seconds, !theirs);
    }

    // ---- the clock

    private boolean isRunning() {
        return interval > 0;
    }

    private void begin(long seconds, boolean weRefresh) {
        stop();
        if (call.isEnded()) {
            return;
        }
        interval = seconds;
        ours = weRefresh;
        long millis = Math.max(seconds, Math.min(minimum, FLOOR_SECONDS)) * 1_000;
        if (weRefresh) {
            refresh = call.agent.scheduler().after(millis / 2, call.renegotiation()::refresh);
        }
        // RFC 4028, 10: a little earlier than the peer would.
        expiry = call.agent
                .scheduler()
                .after(
                        millis - Math.min(32_000, millis / 3),
                        () -> call.lost(CallCause.sip(408, "session timer expired")));
    }

    /** No timer from now on. */
    void stop() {
        interval = 0;
        if (refresh != null) {
            refresh.cancel();
            refresh = null;
        }
        if (expiry != null) {
            expiry.cancel();
            expiry = null;
        }
    }
}
