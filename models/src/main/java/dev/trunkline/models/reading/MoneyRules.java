package dev.trunkline.models.reading;

import java.util.List;
import java.util.Map;

/** Prices. */
final class MoneyRules {

    private static final String AMOUNT = "((?:\\d{1,3}(?:,\\d{3})+|\\d+))(?:\\.(\\d{1,2}))?(?![\\d])";

    private record Currency(String one, String many, String hundredth, String hundredths) {}

    private static final Currency DOLLAR = new Currency("dollar", "dollars", "cent", "cents");
    private static final Currency EURO = new Currency("euro", "euros", "cent", "cents");
    private static final Currency POUND = new Currency("pound", "pounds", "penny", "pence");
    private static final Map<String, Currency> CURRENCIES = Map.of(
            "$", DOLLAR, "USD", DOLLAR, "\u20ac", EURO, "EUR", EURO, "euros", EURO, "euro", EURO, "\u00a3", POUND,
            "GBP", POUND);

    static final List<Rule> RULES = List.of(
            Rule.of(
                    "([$\u20ac\u00a3]|\\b(?:USD|EUR|GBP)\\b)\\s?" + AMOUNT + "(\\s(?:thousand|million|billion))?",
                    m -> m.group(4) != null
                            ? Numerals.decimal(m.group(2) + (m.group(3) == null ? "" : "." + m.group(3))) + m.group(4)
                                    + " " + currency(m.group(1)).many()
                            : amount(currency(m.group(1)), m.group(2), m.group(3))),
            Rule.of(
                    "(?<![\\w.])" + AMOUNT + "\\s?(\u20ac|\u00a3|(?:USD|EUR|GBP)\\b)",
                    m -> amount(currency(m.group(3)), m.group(1), m.group(2))),
            Rule.of("(?<![\\w.])(\\d{1,2})\\s?\u00a2", m -> Numerals.decimal(m.group(1)) + " cents"));

    private MoneyRules() {}

    private static Currency currency(String sign) {
        return CURRENCIES.getOrDefault(sign, DOLLAR);
    }

    @SuppressWarnings("NullAway") // a group that took no part is null
    private static String amount(Currency currency, String whole, @org.jspecify.annotations.Nullable String fraction) {
        long units = Long.parseLong(whole.replace(",", ""));
        int hundredths = fraction == null ? 0 : Integer.parseInt(fraction.length() == 1 ? fraction + "0" : fraction);
        String small =
                Numerals.cardinal(hundredths) + " " + (hundredths == 1 ? currency.hundredth() : currency.hundredths());
        if (units == 0 && hundredths > 0) {
            return small;
        }
        String large = Numerals.cardinal(units) + " " + (units == 1 ? currency.one() : currency.many());
        return hundredths == 0 ? large : large + " and " + small;
    }
}
