package dev.trunkline.telephony.sip.digest;

import dev.trunkline.telephony.sip.message.SipRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Asks callers for their password (RFC 7616, RFC 8760): SHA-256 first, MD5 for old telephones. A nonce carries the time
 * of its birth and a seal (HMAC-SHA256 under a key of this process), so that unanswered challenges cost no memory; only
 * nonces that have served are remembered, with a window of the counts seen. SIP thread only.
 *
 * <p>The {@code uri} in the answer is not compared with the Request-URI: proxies on the way may rewrite the latter. What
 * it could be used for once more is caught by the count.
 */
public final class DigestServer {

    /** What became of a request. */
    public sealed interface Verdict {

        /** The user has proven to be who they say. */
        record Accepted(String user) implements Verdict {}

        /**
         * To be answered with 401.
         *
         * @param challenges values for as many WWW-Authenticate headers
         * @param fault why, for the log
         */
        record Challenged(List<String> challenges, Fault fault) implements Verdict {}
    }

    /** Why a request was not accepted. */
    public enum Fault {
        /** It had no proof for us: the usual first try. */
        NO_PROOF,
        /** The nonce was right but too old, or its count has been used: the proof itself was good. */
        STALE,
        /** The nonce was never ours. */
        FOREIGN_NONCE,
        /** There is no such user, or the password is another. */
        WRONG_PASSWORD
    }

    private static final List<DigestAlgorithm> OFFERED = List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);
    private static final int REMEMBERED = 4_096;
    private static final int STAMP = 16;
    private static final int SEAL = 16;

    /** Counts seen of one nonce: the highest, and which of the 64 below it. */
    private static final class Counts {
        private long highest;
        private long seen;

        boolean isNew(long count) {
            if (count > highest) {
                long shift = count - highest;
                seen = shift >= Long.SIZE ? 1 : seen << shift | 1;
                highest = count;
                return true;
            }
            long back = highest - count;
            if (back >= Long.SIZE || (seen & 1L << back) != 0) {
                return false;
            }
            seen |= 1L << back;
            return true;
        }
    }

    private final String realm;
    private final Map<String, String> passwords;
    private final long nonceLifetime;
    private final LongSupplier clock;
    private final RandomGenerator random;
    private final Mac seal;
    private final Map<String, Counts> served = new LinkedHashMap<>();
    private long forgottenUntil = -1;

    /**
     * With a key of its own.
     *
     * @param realm what users see
     * @param passwords by user
     * @param nonceLifetime milliseconds
     * @param clock milliseconds that only go forward
     * @param random a {@code SecureRandom} but in tests
     */
    public DigestServer(
            String realm,
            Map<String, String> passwords,
            long nonceLifetime,
            LongSupplier clock,
            RandomGenerator random) {
        this.realm = realm;
        this.passwords = Map.copyOf(passwords);
        this.nonceLifetime = nonceLifetime;
        this.clock = clock;
        this.random = random;
        byte[] key = new byte[32];
        random.nextBytes(key);
        try {
            this.seal = Mac.getInstance("HmacSHA256");
            seal.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Looks at the proof of a request. */
    public Verdict check(SipRequest request) {
        Fault fault = Fault.NO_PROOF;
        for (DigestAnswer answer : DigestAnswer.parse(request.headers().all("Authorization"))) {
            if (!answer.realm().equals(realm)) {
                continue;
            }
            fault = fault(answer, request);
            if (fault == null) {
                return new Verdict.Accepted(answer.user());
            }
        }
        return new Verdict.Challenged(challenges(fault == Fault.STALE), fault);
    }

    private @Nullable Fault fault(DigestAnswer answer, SipRequest request) {
        Optional<DigestAlgorithm> hash = answer.hash().filter(OFFERED::contains);
        long born = birth(answer.nonce());
        if (born < 0 || hash.isEmpty()) {
            return Fault.FOREIGN_NONCE;
        }
        // Computed for strangers too: how long the answer takes must not tell who is a user.
        String password = passwords.get(answer.user());
        String expected =
                answer.expected(hash.get(), password == null ? "" : password, request.method(), request.body());
        boolean equal = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), answer.response().getBytes(StandardCharsets.UTF_8));
        if (!equal || password == null) {
            return Fault.WRONG_PASSWORD;
        }
        boolean fresh = clock.getAsLong() - born <= nonceLifetime && isUnused(answer, born);
        return fresh ? null : Fault.STALE;
    }

    private boolean isUnused(DigestAnswer answer, long born) {
        Counts counts = served.get(answer.nonce());
        if (counts == null) {
            if (born <= forgottenUntil) {
                return false;
            }
            counts = new Counts();
            served.put(answer.nonce(), counts);
            forgetSome();
        }
        String nc = answer.nc();
        if (nc == null || answer.qop() == null) {
            // RFC 2069 has no count: such a nonce serves once.
            return counts.isNew(1);
        }
        try {
            long count = Long.parseUnsignedLong(nc, 16);
            return count > 0 && nc.length() == 8 && counts.isNew(count);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** What is forgotten must not serve again: everything born until then is stale from now on. */
    private void forgetSome() {
        while (served.size() > REMEMBERED) {
            String oldest = served.keySet().iterator().next();
            forgottenUntil = Math.max(forgottenUntil, birth(oldest));
            served.remove(oldest);
        }
    }

    private List<String> challenges(boolean stale) {
        String nonce = nonce();
        List<String> values = new ArrayList<>(OFFERED.size());
        for (DigestAlgorithm algorithm : OFFERED) {
            values.add(new DigestChallenge(realm, nonce, null, algorithm.token(), List.of("auth"), stale).toString());
        }
        return values;
    }

    private String nonce() {
        ByteBuffer bytes = ByteBuffer.allocate(STAMP + SEAL);
        bytes.putLong(clock.getAsLong()).putLong(random.nextLong());
        bytes.put(sealOf(bytes.array()), 0, SEAL);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private byte[] sealOf(byte[] nonce) {
        seal.update(nonce, 0, STAMP);
        return seal.doFinal(realm.getBytes(StandardCharsets.UTF_8));
    }

    /** When we made that nonce, -1 if we didn't. */
    private long birth(String nonce) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return -1;
        }
        if (bytes.length != STAMP + SEAL) {
            return -1;
        }
        byte[] sealed = Arrays.copyOfRange(bytes, STAMP, bytes.length);
        boolean ours = MessageDigest.isEqual(sealed, Arrays.copyOf(sealOf(bytes), SEAL));
        return ours ? ByteBuffer.wrap(bytes).getLong() : -1;
    }
}
