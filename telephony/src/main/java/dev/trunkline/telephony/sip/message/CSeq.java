package dev.trunkline.telephony.sip.message;

/**
 * The value of CSeq.
 *
 * @param number 0 to 2^31-1
 * @param method the request's method
 */
public record CSeq(long number, String method) {

    private static final long LIMIT = (1L << 31) - 1;

    /**
     * Parses {@code 314159 INVITE}.
     *
     * @throws SipParseException if the number is out of range or the method is no token
     */
    public static CSeq parse(String text) {
        String trimmed = text.strip();
        int space = 0;
        while (space < trimmed.length() && trimmed.charAt(space) > ' ') {
            space++;
        }
        String method = trimmed.substring(space).strip();
        if (!SipText.isToken(method)) {
            throw new SipParseException("bad CSeq: " + SipText.excerpt(trimmed));
        }
        return new CSeq(SipText.number(trimmed.substring(0, space), LIMIT, "CSeq"), method);
    }

    @Override
    public String toString() {
        return number + " " + method;
    }
}
