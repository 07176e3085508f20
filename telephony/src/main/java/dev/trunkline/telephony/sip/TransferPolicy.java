package dev.trunkline.telephony.sip;

import dev.trunkline.telephony.sip.message.SipUri;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whom a far side may send us to by REFER. A caller who can send us anywhere telephones at our cost: nothing is allowed that
 * has not been named. Immutable.
 */
public final class TransferPolicy {

    /** Nobody may be named. */
    public static final TransferPolicy NOWHERE = new TransferPolicy(List.of());

    private final List<Pattern> allowed;

    private TransferPolicy(List<Pattern> allowed) {
        this.allowed = allowed;
    }

    /**
     * The targets that match one of these.
     *
     * @param patterns {@code user@host} without a port, each {@code *} for any characters and each {@code ?} for one, such as
     *     {@code *@pbx.example.com} or {@code 2??@192.0.2.1}
     * @throws IllegalArgumentException if one has no {@code @}
     */
    public static TransferPolicy to(List<String> patterns) {
        return new TransferPolicy(patterns.stream().map(TransferPolicy::pattern).toList());
    }

    private static Pattern pattern(String text) {
        if (text.indexOf('@') < 1 || text.endsWith("@")) {
            throw new IllegalArgumentException("not user@host: " + text);
        }
        StringBuilder expression = new StringBuilder();
        for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
            expression.append(
                    switch (c) {
                        case '*' -> "[^@]*";
                        case '?' -> "[^@]";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        return Pattern.compile(expression.toString());
    }

    /** True if a far side may send us there. */
    public boolean allows(SipUri target) {
        String place = (target.userName() + "@" + target.host()).toLowerCase(Locale.ROOT);
        return target.isSip()
                && allowed.stream().anyMatch(pattern -> pattern.matcher(place).matches());
    }
}
