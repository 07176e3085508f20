package dev.trunkline.telephony.sip.registration;

import dev.trunkline.telephony.sip.digest.DigestClient;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipParseException;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.registration.RegistrationStatus.State;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipScheduler.Timer;
import dev.trunkline.telephony.sip.useragent.OutsideRequests;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an account registered (RFC 3261, 10.2): refreshes in time, answers challenges, raises what is too brief, follows
 * redirections, learns the outside of a NAT, waits longer and longer after failures and long after refusals, and takes
 * the registration back at the end. SIP thread only, but for {@link #status} and {@link #serviceRoutes}.
 */
final class Registration {

    private static final Logger LOG = System.getLogger(Registration.class.getName());

    private static final long LONGEST_EXPIRES = 86_400;

    /** A refresh that nobody answers takes this long to fail over UDP: it should fail while we are still known. */
    private static final long TIME_OUT = 32_000;

    private static final int MOST_REDIRECTIONS = 3;
    private static final int MOST_REWRITES = 2;

    private final TrunkSettings settings;
    private final TrunkTimers timers;
    private final OutsideRequests requests;
    private final DigestClient credentials;
    private final RegisterRequests writer;
    private final RandomGenerator random;
    private final InstantSource clock;
    private long asked;
    private int rewrites;
    private @Nullable Attempt attempt;
    private @Nullable Timer next;
    private @Nullable NameAddress bound;
    private @Nullable Hop boundBy;
    private @Nullable Runnable whenStopped;
    private boolean stopping;
    private volatile RegistrationStatus status = new RegistrationStatus(State.REGISTERING, null, "", 0, null);
    private volatile List<SipUri> serviceRoutes = List.of();

    Registration(
            TrunkSettings settings,
            TrunkTimers timers,
            OutsideRequests requests,
            DigestClient credentials,
            String line,
            RandomGenerator random,
            InstantSource clock) {
        this.settings = settings;
        this.timers = timers;
        this.requests = requests;
        this.credentials = credentials;
        this.random = random;
        this.clock = clock;
        this.writer = new RegisterRequests(settings, requests, line);
        this.asked = settings.expires().toSeconds();
    }

    /** How it stands; from any thread. */
    RegistrationStatus status() {
        return status;
    }

    /** What the registrar wants on the way of our calls (RFC 3608); from any thread. */
    List<SipUri> serviceRoutes() {
        return serviceRoutes;
    }

    /** The hop by which the registrar knows us, null if it doesn't. */
    @Nullable
    Hop boundBy() {
        return boundBy;
    }

    /** Sends REGISTER now, unless one is on its way. */
    void begin() {
        stopping = false;
        cancelTimer();
        if (attempt == null) {
            rewrites = 0;
            attempt = new Attempt(false);
            attempt.send();
        }
    }

    /** The peer answers again after it was down: it may have forgotten us. */
    void onPeerBack() {
        if (!stopping && status.state() != State.REFUSED) {
            begin();
        }
    }

    /** The connection by which the registrar reaches us is gone. */
    void onWayLost() {
        if (!stopping && status.state() == State.REGISTERED) {
            begin();
        }
    }

    /** The way to us has changed, or may have: our own address, or the outside of a NAT. */
    void onWayChanged(Hop hop) {
        NameAddress current = bound;
        if (stopping || current == null || status.state() != State.REGISTERED) {
            return;
        }
        if (!writer.contact(hop).uri().equals(current.uri())) {
            LOG.log(Level.INFO, "trunk {0}: our address has changed, registering anew", settings.name());
            begin();
        }
    }

    /** Takes the registration back. */
    void stop(Runnable done) {
        stopping = true;
        whenStopped = done;
        cancelTimer();
        if (attempt == null) {
            takeBack();
        }
    }

    private void takeBack() {
        if (bound == null) {
            stopped();
            return;
        }
        attempt = new Attempt(true);
        attempt.send();
    }

    private void stopped() {
        attempt = null;
        bound = null;
        boundBy = null;
        status = new RegistrationStatus(State.STOPPED, null, "", 0, null);
        Runnable done = whenStopped;
        whenStopped = null;
        if (done != null) {
            done.run();
        }
    }

    private void cancelTimer() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    private Instant in(long milliseconds) {
        return clock.instant().plusMillis(milliseconds);
    }

    private void schedule(long milliseconds) {
        cancelTimer();
        next = requests.scheduler().after(milliseconds, () -> {
            next = null;
            begin();
        });
    }

    /** One REGISTER with all the repetitions that it takes until it is settled. */
    private final class Attempt implements ClientListener {

        private final boolean takesBack;
        private SipUri domain = settings.domain();
        private SipUri firstHop = settings.firstHop();
        private int challenges;
        private int redirections;
        private boolean raised;
        private @Nullable SipRequest sent;
        private @Nullable NameAddress contact;
        private @Nullable Hop hop;

        Attempt(boolean takesBack) {
            this.takesBack = takesBack;
        }

        void send() {
            SipRequest request = writer.request(domain);
            sent = request;
            requests.send(
                    firstHop,
                    request,
                    found -> {
                        hop = found;
                        NameAddress former = bound;
                        NameAddress ours = takesBack && former != null ? former : writer.contact(found);
                        contact = ours;
                        boolean moved =
                                !takesBack && former != null && !former.uri().equals(ours.uri());
                        RegisterRequests.bind(request, ours, moved ? former : null, takesBack ? 0 : asked);
                        credentials.authorize(request);
                    },
                    this);
        }

        @Override
        public void onResponse(SipResponse response) {
            if (response.isProvisional()) {
                return;
            }
            learnOutside(response);
            try {
                onFinal(response);
            } catch (SipParseException e) {
                fail("unreadable answer: " + e.getMessage(), 0);
            }
        }

        private void onFinal(SipResponse response) {
            int code = response.status();
            if (response.isSuccess()) {
                credentials.onSuccess(response);
                succeed(response);
            } else if (code == 401 || code == 407) {
                onChallenge(response);
            } else if (code == 423 && raise(response) || code / 100 == 3 && redirect(response)) {
                send();
            } else if (code == 403 || code == 404 || code == 410 || code == 604) {
                refuse(text(response));
            } else {
                long wait = RegisterRequests.seconds(response.header(HeaderName.RETRY_AFTER))
                        .orElse(0);
                fail(text(response), wait * 1_000);
            }
        }

        private static String text(SipResponse response) {
            String phrase = response.reason().replaceAll("[^\\x20-\\x7E]", "?");
            return response.status() + " " + phrase.substring(0, Math.min(phrase.length(), 80));
        }

        private void onChallenge(SipResponse response) {
            if (sent == null) {
                return;
            }
            switch (credentials.onChallenge(sent, response, ++challenges)) {
                case REPEAT -> send();
                case WRONG_PASSWORD -> refuse(response.status() + " wrong user or password");
                case UNANSWERABLE -> refuse(response.status() + " no challenge that can be answered");
            }
        }

        private boolean raise(SipResponse response) {
            long least =
                    RegisterRequests.seconds(response.header("Min-Expires")).orElse(0);
            if (takesBack || raised || least <= asked || least > LONGEST_EXPIRES) {
                return false;
            }
            raised = true;
            asked = least;
            return true;
        }

        private boolean redirect(SipResponse response) {
            NameAddress target = response.contact();
            if (target == null || !target.uri().isSip() || ++redirections > MOST_REDIRECTIONS) {
                return false;
            }
            domain = new SipUri(
                    target.uri().scheme(),
                    "",
                    target.uri().address(),
                    target.uri().parameters(),
                    "");
            firstHop = domain;
            return true;
        }

        /** A NAT's outside is learned from the first answer, the challenge: then no wrong Contact is ever bound. */
        private void learnOutside(SipResponse response) {
            HostPort outside = RegisterRequests.seen(response);
            if (outside != null && hop != null && !requests.hasPublicAddress() && rewrites < MOST_REWRITES) {
                requests.seenFrom(hop, outside);
            }
        }

        private void succeed(SipResponse response) {
            if (takesBack) {
                stopped();
                return;
            }
            NameAddress ours = contact;
            Hop way = hop;
            if (ours == null || way == null) {
                return;
            }
            attempt = null;
            long granted = writer.granted(response, ours, asked);
            if (granted <= 0) {
                bound = null;
                fail("registered for no time at all", 0);
                return;
            }
            boolean news = bound == null || status.state() != State.REGISTERED;
            bound = ours;
            boundBy = way;
            serviceRoutes = routes(response);
            if (stopping) {
                takeBack();
                return;
            }
            boolean moved = !writer.contact(way).uri().equals(ours.uri()) && rewrites < MOST_REWRITES;
            long refresh = refreshAfter(granted * 1_000);
            status = new RegistrationStatus(State.REGISTERED, in(granted * 1_000), "", 0, in(refresh));
            if (news) {
                LOG.log(
                        Level.INFO,
                        "trunk {0}: registered with {1} for {2} s as {3}",
                        settings.name(),
                        way,
                        Long.toString(granted),
                        ours.uri().address());
            }
            if (moved) {
                rewrites++;
                attempt = new Attempt(false);
                attempt.send();
            } else {
                schedule(refresh);
            }
        }

        private static List<SipUri> routes(SipResponse response) {
            return response.addresses("Service-Route").stream()
                    .map(NameAddress::uri)
                    .toList();
        }

        private long refreshAfter(long granted) {
            long chosen = granted / 2 + random.nextLong(granted * 4 / 10 + 1);
            return Math.min(chosen, Math.max(granted / 2, granted - TIME_OUT));
        }

        private void refuse(String why) {
            attempt = null;
            if (stopping) {
                stopped();
                return;
            }
            long wait = TrunkTimers.shortened(timers.refusedRetry(), random);
            bound = null;
            boundBy = null;
            status = new RegistrationStatus(State.REFUSED, null, why, status.failures() + 1, in(wait));
            LOG.log(
                    Level.ERROR,
                    "trunk {0}: registration refused by {1}: {2}; calls do not come. Check user and password. Next try in"
                            + " {3} s",
                    settings.name(),
                    hop,
                    why,
                    Long.toString(wait / 1_000));
            schedule(wait);
        }

        private void fail(String why, long atLeast) {
            attempt = null;
            if (stopping) {
                stopped();
                return;
            }
            int failures = status.state() == State.REFUSED ? 1 : status.failures() + 1;
            long wait = Math.max(timers.wait(failures, random), Math.min(atLeast, timers.longestRetry()));
            status = new RegistrationStatus(State.RETRYING, status.until(), why, failures, in(wait));
            LOG.log(
                    Level.WARNING,
                    "trunk {0}: registration failed: {1}; {2} in a row, next try in {3} s",
                    settings.name(),
                    why,
                    Integer.toString(failures),
                    Long.toString(wait / 1_000));
            schedule(wait);
        }

        @Override
        public void onNoResponse(Failure failure) {
            fail(failure == Failure.TIMED_OUT ? "no answer" : "cannot be reached", 0);
        }
    }
}
