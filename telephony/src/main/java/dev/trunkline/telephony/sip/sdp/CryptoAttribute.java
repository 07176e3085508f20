package dev.trunkline.telephony.sip.sdp;

import dev.trunkline.media.srtp.SrtpKey;
import dev.trunkline.media.srtp.SrtpSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An {@code a=crypto} line that we understand (RFC 4568, 9.1). Immutable; never printed with its key but in SDP.
 *
 * @param tag the offerer's number for it
 * @param key suite, master key and salt of whoever writes it
 */
public record CryptoAttribute(int tag, SrtpKey key) {

    static final String NAME = "crypto";

    private static final String INLINE = "inline:";

    /** Those of a section that we can use, in order; others are left out, as RFC 4568, 5.1.2 has it. */
    static List<CryptoAttribute> of(SdpMedia section) {
        List<CryptoAttribute> found = new ArrayList<>();
        for (SdpAttribute attribute : section.attributes()) {
            if (attribute.name().equals(NAME)) {
                parse(attribute.value()).ifPresent(found::add);
            }
        }
        return found;
    }

    /** With a master key identifier, several keys, or session parameters that change the format it is none of ours. */
    private static Optional<CryptoAttribute> parse(String value) {
        String[] words = value.strip().split("\\s+");
        if (words.length < 3 || !words[0].matches("\\d{1,9}") || !words[2].startsWith(INLINE)) {
            return Optional.empty();
        }
        for (int i = 3; i < words.length; i++) {
            if (!words[i].startsWith("WSH=")) {
                return Optional.empty();
            }
        }
        String[] parts = words[2].substring(INLINE.length()).split("\\|");
        boolean plain = !words[2].contains(";") && (parts.length == 1 || parts.length == 2 && !parts[1].contains(":"));
        return SrtpSuite.named(words[1]).filter(suite -> plain).flatMap(suite -> {
            try {
                return Optional.of(new CryptoAttribute(Integer.parseInt(words[0]), SrtpKey.parse(suite, parts[0])));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    SdpAttribute attribute() {
        return new SdpAttribute(NAME, tag + " " + key.suite() + " " + INLINE + key.base64());
    }
}
