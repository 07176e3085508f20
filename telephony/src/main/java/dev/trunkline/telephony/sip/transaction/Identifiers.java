package dev.trunkline.telephony.sip.transaction;

import dev.trunkline.telephony.sip.message.Via;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes branches, tags and Call-IDs. Production hands in a {@code SecureRandom}: tags must not be guessed. */
public final class Identifiers {

    private final RandomGenerator random;

    /** From that source of chance. */
    public Identifiers(RandomGenerator random) {
        this.random = random;
    }

    /** A branch with the magic cookie. */
    public String branch() {
        return Via.MAGIC_COOKIE + "-" + hex();
    }

    /** A tag of 64 random bits. */
    public String tag() {
        return hex();
    }

    /** A Call-ID of 128 random bits. */
    public String callId() {
        return hex() + hex();
    }

    /** A number from {@code from} to below {@code to}. */
    public long between(long from, long to) {
        return random.nextLong(from, to);
    }

    private String hex() {
        return HexFormat.of().toHexDigits(random.nextLong());
    }
}
