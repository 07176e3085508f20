package dev.trunkline.telephony.sip.digest;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Proves who we are to the servers of one trunk: answers 401 and 407, and sends the proof along without being asked as
 * long as a nonce is known (RFC 7616; RFC 3261, 22; RFC 8760). Of several challenges of a realm the topmost that we can
 * answer counts. SIP thread only.
 */
public final class DigestClient {

    /** Whose password is for which realm. */
    @FunctionalInterface
    public interface Keyring {

        /** The user and password for that realm, null if we have none. */
        @Nullable
        Credentials forRealm(String realm);
    }

    /** What to do about a challenge. */
    public enum Outcome {
        /** Send the request again, with the next sequence number, through {@link #authorize}. */
        REPEAT,
        /** The proof was given and refused: user or password are wrong, and trying on would lock us out. */
        WRONG_PASSWORD,
        /** There is no challenge that we have an answer to. */
        UNANSWERABLE
    }

    private static final String WWW_AUTHENTICATE = "WWW-Authenticate";
    private static final String PROXY_AUTHENTICATE = "Proxy-Authenticate";
    private static final String AUTHORIZATION = "Authorization";
    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

    /** A server that calls every nonce stale would otherwise keep us busy for ever. */
    private static final int MOST_ROUNDS = 4;

    private static final int MOST_REALMS = 8;

    private record Place(String header, String realm) {}

    private static final class Known {
        private DigestChallenge challenge;
        private int uses;

        Known(DigestChallenge challenge) {
            this.challenge = challenge;
        }
    }

    private final Keyring keyring;
    private final RandomGenerator random;
    private final Map<Place, Known> known = new LinkedHashMap<>();

    /**
     * Without a nonce yet.
     *
     * @param random makes client nonces; a {@code SecureRandom} but in tests
     */
    public DigestClient(Keyring keyring, RandomGenerator random) {
        this.keyring = keyring;
        this.random = random;
    }

    /** With one password for every realm. */
    public static DigestClient of(Credentials credentials, RandomGenerator random) {
        return new DigestClient(realm -> credentials, random);
    }

    /** Puts on the proofs for all realms whose nonces are known; replaces older ones. */
    public void authorize(SipRequest request) {
        request.headers().remove(AUTHORIZATION).remove(PROXY_AUTHORIZATION);
        known.forEach((place, nonce) -> {
            Credentials credentials = keyring.forRealm(place.realm());
            if (credentials != null) {
                nonce.uses++;
                String cnonce = HexFormat.of().toHexDigits(random.nextLong());
                request.headers()
                        .add(
                                place.header(),
                                DigestAnswer.to(nonce.challenge, credentials, request, nonce.uses, cnonce)
                                        .toString());
            }
        });
    }

    /**
     * Takes the challenges of a 401 or 407.
     *
     * @param sent the request that was challenged, as it was sent
     * @param round how often this request has been challenged, from 1
     */
    public Outcome onChallenge(SipRequest sent, SipResponse response, int round) {
        boolean learned = false;
        boolean refused = false;
        for (boolean proxy : new boolean[] {false, true}) {
            String header = proxy ? PROXY_AUTHORIZATION : AUTHORIZATION;
            List<DigestAnswer> given = DigestAnswer.parse(sent.headers().all(header));
            for (DigestChallenge challenge :
                    best(response.headers().all(proxy ? PROXY_AUTHENTICATE : WWW_AUTHENTICATE))) {
                if (keyring.forRealm(challenge.realm()) == null) {
                    continue;
                }
                Place place = new Place(header, challenge.realm());
                if (isRefusal(challenge, place, given)) {
                    known.remove(place);
                    refused = true;
                } else {
                    remember(place, challenge);
                    learned = true;
                }
            }
        }
        if (refused) {
            return Outcome.WRONG_PASSWORD;
        }
        return learned && round < MOST_ROUNDS ? Outcome.REPEAT : Outcome.UNANSWERABLE;
    }

    /** The topmost challenge of each realm that we can answer. */
    private static List<DigestChallenge> best(List<String> headerValues) {
        Set<String> realms = new LinkedHashSet<>();
        List<DigestChallenge> chosen = new ArrayList<>();
        for (DigestChallenge challenge : DigestChallenge.parse(headerValues)) {
            if (challenge.isSupported() && realms.add(challenge.realm())) {
                chosen.add(challenge);
            }
        }
        return chosen;
    }

    /**
     * A proof that was made for a fresh nonce and comes back with another challenge is wrong. One for a nonce that has
     * served before may just be too old, even if the server forgets to say so.
     */
    private boolean isRefusal(DigestChallenge challenge, Place place, List<DigestAnswer> given) {
        for (DigestAnswer answer : given) {
            if (!answer.realm().equals(challenge.realm())) {
                continue;
            }
            if (answer.nonce().equals(challenge.nonce())) {
                return true;
            }
            Known before = known.get(place);
            boolean served = before == null || !before.challenge.nonce().equals(answer.nonce()) || before.uses > 1;
            return !challenge.stale() && !served;
        }
        return false;
    }

    private void remember(Place place, DigestChallenge challenge) {
        known.put(place, new Known(challenge));
        while (known.size() > MOST_REALMS) {
            known.remove(known.keySet().iterator().next());
        }
    }

    /** Takes the next nonce that a server may announce in a success (RFC 7616, 3.5). */
    public void onSuccess(SipResponse response) {
        announced(response, "Authentication-Info", AUTHORIZATION);
        announced(response, "Proxy-Authentication-Info", PROXY_AUTHORIZATION);
    }

    private void announced(SipResponse response, String header, String place) {
        String value = response.header(header);
        if (value == null) {
            return;
        }
        for (AuthenticationText info : AuthenticationText.parse(List.of("Info " + value))) {
            String next = info.parameters().get("nextnonce");
            if (next != null) {
                known.forEach((where, nonce) -> {
                    if (where.header().equals(place) && !nonce.challenge.nonce().equals(next)) {
                        nonce.challenge = nonce.challenge.renewed(next);
                        nonce.uses = 0;
                    }
                });
            }
        }
    }

    /** Forgets all nonces: for a server that must be met anew. */
    public void forget() {
        known.clear();
    }
}
