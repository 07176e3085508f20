package dev.trunkline.telephony.sip.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hash functions of RFC 7616, 3.2, and their session variants. */
public enum DigestAlgorithm {
    /** The one that everybody has. */
    MD5("MD5", "MD5", false),
    /** MD5 with nonces in the key. */
    MD5_SESS("MD5-sess", "MD5", true),
    /** The one that everybody should have. */
    SHA_256("SHA-256", "SHA-256", false),
    /** SHA-256 with nonces in the key. */
    SHA_256_SESS("SHA-256-sess", "SHA-256", true),
    /** SHA-512/256 of FIPS 180-4, not a cut SHA-512. */
    SHA_512_256("SHA-512-256", "SHA-512/256", false),
    /** SHA-512/256 with nonces in the key. */
    SHA_512_256_SESS("SHA-512-256-sess", "SHA-512/256", true);

    private final String token;
    private final String digest;
    private final boolean session;

    DigestAlgorithm(String token, String digest, boolean session) {
        this.token = token;
        this.digest = digest;
        this.session = session;
    }

    /** The algorithm of that name in any case; MD5 if none is given; empty for one that we don't have. */
    public static Optional<DigestAlgorithm> named(@Nullable String name) {
        if (name == null) {
            return Optional.of(MD5);
        }
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The name on the wire. */
    public String token() {
        return token;
    }

    /** True if the key depends on the nonces. */
    boolean isSession() {
        return session;
    }

    /** The hash of a text in UTF-8, in lower-case hexadecimal digits. */
    String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(digest).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + digest, e);
        }
    }
}
