package dev.trunkline.telephony.sip.digest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server wants to be answered (RFC 7616, 3.3). Immutable.
 *
 * @param realm whose users are meant
 * @param nonce the server's number
 * @param opaque to be sent back as it is; null if there is none
 * @param algorithm its name, null if none was given: then it is MD5
 * @param qops qualities of protection offered, in lower case; empty for a server of RFC 2069
 * @param stale true if the user and password were right and only the nonce was too old
 */
public record DigestChallenge(
        String realm,
        String nonce,
        @Nullable String opaque,
        @Nullable String algorithm,
        List<String> qops,
        boolean stale) {

    public DigestChallenge {
        qops = List.copyOf(qops);
    }

    /** All digest challenges of these header values, topmost first; other schemes and broken ones are left out. */
    public static List<DigestChallenge> parse(List<String> headerValues) {
        List<DigestChallenge> challenges = new ArrayList<>();
        for (AuthenticationText text : AuthenticationText.parse(headerValues)) {
            String nonce = text.parameters().get("nonce");
            if (text.isDigest() && nonce != null) {
                challenges.add(of(text.parameters(), nonce));
            }
        }
        return challenges;
    }

    private static DigestChallenge of(Map<String, String> parameters, String nonce) {
        List<String> qops = Arrays.stream(parameters.getOrDefault("qop", "").split(","))
                .map(qop -> qop.strip().toLowerCase(Locale.ROOT))
                .filter(qop -> !qop.isEmpty())
                .toList();
        return new DigestChallenge(
                parameters.getOrDefault("realm", ""),
                nonce,
                parameters.get("opaque"),
                parameters.get("algorithm"),
                qops,
                "true".equalsIgnoreCase(parameters.get("stale")));
    }

    /** The hash function, empty if we don't have it. */
    Optional<DigestAlgorithm> hash() {
        return DigestAlgorithm.named(algorithm);
    }

    /** True if we can answer it. */
    public boolean isSupported() {
        return hash().isPresent() && (qops.isEmpty() || qops.contains("auth") || qops.contains("auth-int"));
    }

    /** The quality to answer with, null for none. */
    @Nullable
    String qop() {
        if (qops.contains("auth")) {
            return "auth";
        }
        return qops.contains("auth-int") ? "auth-int" : null;
    }

    /** The same with another nonce. */
    DigestChallenge renewed(String other) {
        return new DigestChallenge(realm, other, opaque, algorithm, qops, false);
    }

    /** As it stands in WWW-Authenticate. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Digest realm=").append(AuthenticationText.quote(realm));
        text.append(", nonce=").append(AuthenticationText.quote(nonce));
        if (opaque != null) {
            text.append(", opaque=").append(AuthenticationText.quote(opaque));
        }
        if (algorithm != null) {
            text.append(", algorithm=").append(algorithm);
        }
        if (!qops.isEmpty()) {
            text.append(", qop=\"").append(String.join(",", qops)).append('"');
        }
        return text.append(stale ? ", stale=true" : "").toString();
    }
}
