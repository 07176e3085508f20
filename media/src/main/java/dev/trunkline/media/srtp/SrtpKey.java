package dev.trunkline.media.srtp;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** A master key with its salt; protects what one side sends. Immutable; never printed. */
public final class SrtpKey {

    private final SrtpSuite suite;
    private final byte[] keyAndSalt;

    private SrtpKey(SrtpSuite suite, byte[] keyAndSalt) {
        this.suite = suite;
        this.keyAndSalt = keyAndSalt;
    }

    /** A new one. */
    public static SrtpKey random(SrtpSuite suite, SecureRandom random) {
        byte[] bytes = new byte[suite.keyLength() + SrtpSuite.SALT];
        random.nextBytes(bytes);
        return new SrtpKey(suite, bytes);
    }

    /**
     * The one that stands behind {@code inline:} in SDP.
     *
     * @throws IllegalArgumentException if it is no Base64 or of another length than the suite's; the text is not shown
     */
    public static SrtpKey parse(SrtpSuite suite, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a key that is no Base64");
        }
        if (bytes.length != suite.keyLength() + SrtpSuite.SALT) {
            throw new IllegalArgumentException("a key of " + bytes.length + " bytes for " + suite);
        }
        return new SrtpKey(suite, bytes);
    }

    /** What it is for. */
    public SrtpSuite suite() {
        return suite;
    }

    /** For SDP alone. */
    public String base64() {
        return Base64.getEncoder().encodeToString(keyAndSalt);
    }

    byte[] key() {
        return Arrays.copyOf(keyAndSalt, suite.keyLength());
    }

    byte[] salt() {
        return Arrays.copyOfRange(keyAndSalt, suite.keyLength(), keyAndSalt.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SrtpKey that && suite == that.suite && Arrays.equals(keyAndSalt, that.keyAndSalt);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(keyAndSalt);
    }

    /** Never the key. */
    @Override
    public String toString() {
        return suite + " ***";
    }
}
