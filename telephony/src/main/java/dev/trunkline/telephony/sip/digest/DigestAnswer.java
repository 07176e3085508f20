package dev.trunkline.telephony.sip.digest;

import dev.trunkline.telephony.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of Authorization or Proxy-Authorization (RFC 7616, 3.4). Immutable.
 *
 * @param user who asks
 * @param realm of the challenge
 * @param nonce of the challenge
 * @param uri the Request-URI as the sender saw it
 * @param response the proof, in hexadecimal digits
 * @param algorithm of the challenge, null if it named none
 * @param opaque of the challenge
 * @param qop null for RFC 2069
 * @param nc how often the nonce has been used, eight hexadecimal digits; null without qop
 * @param cnonce the sender's number; null without qop
 */
record DigestAnswer(
        String user,
        String realm,
        String nonce,
        String uri,
        String response,
        @Nullable String algorithm,
        @Nullable String opaque,
        @Nullable String qop,
        @Nullable String nc,
        @Nullable String cnonce) {

    /** Answers a challenge that is supported. */
    static DigestAnswer to(
            DigestChallenge challenge, Credentials credentials, SipRequest request, int count, String cnonce) {
        DigestAlgorithm hash = challenge.hash().orElseThrow();
        String qop = challenge.qop();
        DigestAnswer unproven = new DigestAnswer(
                credentials.user(),
                challenge.realm(),
                challenge.nonce(),
                request.uri().toString(),
                "",
                challenge.algorithm(),
                challenge.opaque(),
                qop,
                qop == null ? null : String.format("%08x", count),
                qop == null && !hash.isSession() ? null : cnonce);
        return unproven.proven(unproven.expected(hash, credentials.password(), request.method(), request.body()));
    }

    private DigestAnswer proven(String proof) {
        return new DigestAnswer(user, realm, nonce, uri, proof, algorithm, opaque, qop, nc, cnonce);
    }

    /** The digest answers among these header values; broken ones are left out. */
    static List<DigestAnswer> parse(List<String> headerValues) {
        List<DigestAnswer> answers = new ArrayList<>();
        for (AuthenticationText text : AuthenticationText.parse(headerValues)) {
            Map<String, String> found = text.parameters();
            String nonce = found.get("nonce");
            String response = found.get("response");
            if (text.isDigest() && nonce != null && response != null) {
                answers.add(new DigestAnswer(
                        found.getOrDefault("username", ""),
                        found.getOrDefault("realm", ""),
                        nonce,
                        found.getOrDefault("uri", ""),
                        response,
                        found.get("algorithm"),
                        found.get("opaque"),
                        found.get("qop"),
                        found.get("nc"),
                        found.get("cnonce")));
            }
        }
        return answers;
    }

    Optional<DigestAlgorithm> hash() {
        return DigestAlgorithm.named(algorithm);
    }

    /** What the response has to be if the password is this (RFC 7616, 3.4.1 to 3.4.3). */
    String expected(DigestAlgorithm hash, String password, String method, byte[] body) {
        String key = hash.hash(user + ':' + realm + ':' + password);
        if (hash.isSession()) {
            key = hash.hash(key + ':' + nonce + ':' + text(cnonce));
        }
        String act = method + ':' + uri;
        if ("auth-int".equalsIgnoreCase(qop)) {
            act += ':' + hash.hash(body);
        }
        String between = qop == null ? nonce : String.join(":", nonce, text(nc), text(cnonce), qop);
        return hash.hash(key + ':' + between + ':' + hash.hash(act));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** As it stands in the header; the proof tells nothing about the password. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Digest username=").append(AuthenticationText.quote(user));
        text.append(", realm=").append(AuthenticationText.quote(realm));
        text.append(", nonce=").append(AuthenticationText.quote(nonce));
        text.append(", uri=").append(AuthenticationText.quote(uri));
        text.append(", response=\"").append(response).append('"');
        if (algorithm != null) {
            text.append(", algorithm=").append(algorithm);
        }
        if (cnonce != null) {
            text.append(", cnonce=").append(AuthenticationText.quote(cnonce));
        }
        if (opaque != null) {
            text.append(", opaque=").append(AuthenticationText.quote(opaque));
        }
        if (qop != null) {
            text.append(", qop=").append(qop).append(", nc=").append(nc);
        }
        return text.toString();
    }
}
