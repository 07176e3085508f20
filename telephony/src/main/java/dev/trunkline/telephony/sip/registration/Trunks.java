package dev.trunkline.telephony.sip.registration;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.useragent.OutsideRequests;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** All trunks of an endpoint, in the order of the configuration. */
public final class Trunks {

    private static final long LONGEST_GOODBYE_MS = 2_000;

    private final OutsideRequests requests;
    private final List<Trunk> trunks = new ArrayList<>();

    /**
     * Not registered yet.
     *
     * @param random a {@code SecureRandom} but in tests
     * @param clock for what people read; durations are the scheduler's
     */
    public Trunks(
            List<TrunkSettings> settings,
            TrunkTimers timers,
            OutsideRequests requests,
            RandomGenerator random,
            InstantSource clock) {
        this.requests = requests;
        for (TrunkSettings one : settings) {
            trunks.add(new Trunk(one, timers, requests, random, clock));
        }
    }

    /** All of them. */
    public List<Trunk> all() {
        return List.copyOf(trunks);
    }

    /** How each is; from any thread. */
    public List<TrunkStatus> status() {
        return trunks.stream().map(Trunk::status).toList();
    }

    /** Registers everywhere. From any thread. */
    public void begin() {
        requests.scheduler().execute(() -> trunks.forEach(Trunk::begin));
    }

    /** Takes all registrations back, and waits for two seconds at most. Not for the SIP thread. */
    public void stop() {
        takeBack()
                .completeOnTimeout(null, LONGEST_GOODBYE_MS, TimeUnit.MILLISECONDS)
                .join();
    }

    /** Takes all registrations back; completed when all registrars know. From any thread. */
    public CompletableFuture<Void> takeBack() {
        CompletableFuture<?>[] done =
                trunks.stream().map(trunk -> new CompletableFuture<Void>()).toArray(CompletableFuture[]::new);
        requests.scheduler().execute(() -> {
            for (int i = 0; i < done.length; i++) {
                CompletableFuture<?> one = done[i];
                trunks.get(i).stop(() -> one.complete(null));
            }
        });
        return CompletableFuture.allOf(done);
    }

    /**
     * A call and the trunk that it came by.
     *
     * @param trunk whose it is
     * @param trusted false if the call is for the trunk's account but nothing shows that the trunk sent it
     */
    public record Arrival(Trunk trunk, boolean trusted) {}

    /** The trunk that an INVITE came by, empty for a caller of another kind. SIP thread only. */
    public Optional<Arrival> arrival(SipRequest invite, Hop source) {
        Trunk best = null;
        Trunk.Match closest = Trunk.Match.NO;
        for (Trunk trunk : trunks) {
            Trunk.Match match = trunk.match(invite, source);
            if (match.compareTo(closest) > 0) {
                best = trunk;
                closest = match;
            }
        }
        return best == null
                ? Optional.empty()
                : Optional.of(new Arrival(best, closest.compareTo(Trunk.Match.ACCOUNT) > 0));
    }

    /** The trunk for a telephone number: the first that is up, else the first. From any thread. */
    public Optional<Trunk> forNumber() {
        InstantSource now = InstantSource.system();
        return trunks.stream()
                .filter(trunk -> trunk.status().isUp(now.instant()))
                .findFirst()
                .or(() -> trunks.stream().findFirst());
    }

    /** The trunk behind which that address is, if any. From any thread. */
    public Optional<Trunk> towards(SipUri uri) {
        return trunks.stream().filter(trunk -> trunk.reaches(uri)).findFirst();
    }
}
