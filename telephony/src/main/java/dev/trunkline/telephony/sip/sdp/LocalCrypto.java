package dev.trunkline.telephony.sip.sdp;

import dev.trunkline.media.srtp.SrtpKey;
import dev.trunkline.media.srtp.SrtpKeys;
import dev.trunkline.media.srtp.SrtpSuite;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of one stream of ours, one for each suite, for its whole life: a new offer or answer repeats them, so that the
 * stream goes on. Immutable.
 *
 * @param policy when they are used
 * @param keys ours in order of preference, as we offer them
 */
public record LocalCrypto(SrtpPolicy policy, List<CryptoAttribute> keys) {

    /** Never protected. */
    public static final LocalCrypto NONE = new LocalCrypto(SrtpPolicy.OFF, List.of());

    public LocalCrypto {
        keys = List.copyOf(keys);
    }

    /** New keys. */
    public static LocalCrypto with(SrtpPolicy policy, SecureRandom random) {
        if (policy == SrtpPolicy.OFF) {
            return NONE;
        }
        List<CryptoAttribute> keys = new ArrayList<>();
        for (SrtpSuite suite : SrtpSuite.values()) {
            keys.add(new CryptoAttribute(keys.size() + 1, SrtpKey.random(suite, random)));
        }
        return new LocalCrypto(policy, keys);
    }

    /** Our answer to the first of these that we can take: its tag and suite, our key. */
    Optional<Chosen> choose(List<CryptoAttribute> offered) {
        for (CryptoAttribute theirs : offered) {
            for (CryptoAttribute ours : keys) {
                if (ours.key().suite() == theirs.key().suite()) {
                    return Optional.of(new Chosen(
                            new CryptoAttribute(theirs.tag(), ours.key()), new SrtpKeys(ours.key(), theirs.key())));
                }
            }
        }
        return Optional.empty();
    }

    /** What the answer to our offer has chosen of it: the same tag with the same suite. */
    Optional<SrtpKeys> chosen(List<CryptoAttribute> answered) {
        if (answered.size() != 1) {
            return Optional.empty();
        }
        CryptoAttribute theirs = answered.getFirst();
        return keys.stream()
                .filter(ours -> ours.tag() == theirs.tag()
                        && ours.key().suite() == theirs.key().suite())
                .findFirst()
                .map(ours -> new SrtpKeys(ours.key(), theirs.key()));
    }

    /** An answer's line and what it settles. */
    record Chosen(CryptoAttribute answer, SrtpKeys keys) {}
}
