package dev.trunkline.telephony.sip.registration;

import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipScheduler.Timer;
import dev.trunkline.telephony.sip.useragent.OutsideRequests;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks a peer now and then whether it is there. Any answer says yes, but for those that a proxy gives on behalf of
 * somebody who is not (408, 503, 504). Two misses in a row mean down. SIP thread only, but for {@link #status}.
 */
final class PeerWatch {

    /** Who wants to know. */
    interface Observer {

        /** It answers again after it was down. */
        void onBack();

        /** It has answered by that hop, and its answer may show how it sees us. */
        void onAnswer(Hop hop);
    }

    private static final Logger LOG = System.getLogger(PeerWatch.class.getName());
    private static final int MISSES = 2;

    private final TrunkSettings settings;
    private final TrunkTimers timers;
    private final OutsideRequests requests;
    private final RandomGenerator random;
    private final Observer observer;
    private final String callId;
    private long sequence = 1;
    private int misses;
    private @Nullable Timer next;
    private boolean running;
    private volatile PeerStatus status = PeerStatus.UNKNOWN;

    PeerWatch(
            TrunkSettings settings,
            TrunkTimers timers,
            OutsideRequests requests,
            RandomGenerator random,
            Observer observer) {
        this.settings = settings;
        this.timers = timers;
        this.requests = requests;
        this.random = random;
        this.observer = observer;
        this.callId = requests.identifiers().callId();
    }

    /** Whether it answers; from any thread. */
    PeerStatus status() {
        return status;
    }

    /** Begins to ask: at once, or after the usual time where something else tells for now. */
    void begin(boolean atOnce) {
        stop();
        running = true;
        if (atOnce) {
            ask();
        } else {
            schedule();
        }
    }

    void stop() {
        running = false;
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    private void schedule() {
        if (running) {
            long wait = timers.watchFrom() + random.nextLong(timers.watchTo() - timers.watchFrom() + 1);
            next = requests.scheduler().after(wait, this::ask);
        }
    }

    private void ask() {
        NameAddress account = NameAddress.of(settings.account());
        SipRequest options = new SipRequest(SipMethod.OPTIONS, settings.domain());
        options.headers().add(HeaderName.MAX_FORWARDS, "70");
        settings.route().ifPresent(proxy -> options.headers().add(HeaderName.ROUTE, "<" + proxy + ">"));
        options.headers()
                .add(
                        HeaderName.FROM,
                        account.withTag(requests.identifiers().tag()).toString())
                .add(HeaderName.TO, NameAddress.of(settings.domain()).toString())
                .add(HeaderName.CALL_ID, callId)
                .add(HeaderName.CSEQ, ++sequence + " " + SipMethod.OPTIONS)
                .add(HeaderName.ACCEPT, "application/sdp");
        Hop[] way = new Hop[1];
        requests.send(
                settings.firstHop(),
                options,
                hop -> {
                    way[0] = hop;
                    options.headers()
                            .set(
                                    HeaderName.CONTACT,
                                    requests.contact(settings.userName(), hop).toString());
                },
                new ClientListener() {
                    @Override
                    public void onResponse(SipResponse response) {
                        if (!response.isProvisional()) {
                            answered(response, way[0]);
                        }
                    }

                    @Override
                    public void onNoResponse(Failure failure) {
                        missed(failure == Failure.TIMED_OUT ? "no answer" : "cannot be reached");
                    }
                });
    }

    private void answered(SipResponse response, @Nullable Hop hop) {
        switch (response.status()) {
            case 408, 503, 504 -> missed(Integer.toString(response.status()));
            default -> present(response, hop);
        }
    }

    private void present(SipResponse response, @Nullable Hop hop) {
        if (!running) {
            return;
        }
        misses = 0;
        PeerStatus before = status;
        status = PeerStatus.UP;
        if (hop != null) {
            HostPort outside = RegisterRequests.seen(response);
            if (outside != null && !requests.hasPublicAddress()) {
                requests.seenFrom(hop, outside);
            }
            observer.onAnswer(hop);
        }
        if (before == PeerStatus.DOWN) {
            LOG.log(Level.INFO, "trunk {0}: answers again", settings.name());
            observer.onBack();
        }
        schedule();
    }

    private void missed(String why) {
        if (!running) {
            return;
        }
        if (++misses == MISSES) {
            status = PeerStatus.DOWN;
            LOG.log(Level.WARNING, "trunk {0}: does not answer OPTIONS: {1}", settings.name(), why);
        }
        schedule();
    }
}
