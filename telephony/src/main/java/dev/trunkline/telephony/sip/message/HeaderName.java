package dev.trunkline.telephony.sip.message;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The names of the headers that this stack reads or writes, and the compact forms of all registered ones. */
public final class HeaderName {

    public static final String ACCEPT = "Accept";
    public static final String ALLOW = "Allow";
    public static final String CALL_ID = "Call-ID";
    public static final String CONTACT = "Contact";
    public static final String CONTENT_ENCODING = "Content-Encoding";
    public static final String CONTENT_LENGTH = "Content-Length";
    public static final String CONTENT_TYPE = "Content-Type";
    public static final String CSEQ = "CSeq";
    public static final String DIVERSION = "Diversion";
    public static final String EVENT = "Event";
    public static final String EXPIRES = "Expires";
    public static final String FROM = "From";
    public static final String HISTORY_INFO = "History-Info";
    public static final String MAX_FORWARDS = "Max-Forwards";
    public static final String MIN_SE = "Min-SE";
    public static final String P_ASSERTED_IDENTITY = "P-Asserted-Identity";
    public static final String P_CALLED_PARTY_ID = "P-Called-Party-ID";
    public static final String RACK = "RAck";
    public static final String REASON = "Reason";
    public static final String RECORD_ROUTE = "Record-Route";
    public static final String REFERRED_BY = "Referred-By";
    public static final String REFER_SUB = "Refer-Sub";
    public static final String REFER_TO = "Refer-To";
    public static final String REPLACES = "Replaces";
    public static final String REQUIRE = "Require";
    public static final String RETRY_AFTER = "Retry-After";
    public static final String ROUTE = "Route";
    public static final String RSEQ = "RSeq";
    public static final String SERVER = "Server";
    public static final String SESSION_EXPIRES = "Session-Expires";
    public static final String SUBSCRIPTION_STATE = "Subscription-State";
    public static final String SUPPORTED = "Supported";
    public static final String TIMESTAMP = "Timestamp";
    public static final String TO = "To";
    public static final String UNSUPPORTED = "Unsupported";
    public static final String USER_AGENT = "User-Agent";
    public static final String VIA = "Via";

    private static final Map<String, String> CANONICAL = new HashMap<>();

    static {
        for (String name : new String[] {
            ACCEPT,
            ALLOW,
            CALL_ID,
            CONTACT,
            CONTENT_ENCODING,
            CONTENT_LENGTH,
            CONTENT_TYPE,
            CSEQ,
            DIVERSION,
            EVENT,
            EXPIRES,
            FROM,
            HISTORY_INFO,
            MAX_FORWARDS,
            MIN_SE,
            P_ASSERTED_IDENTITY,
            P_CALLED_PARTY_ID,
            RACK,
            REASON,
            RECORD_ROUTE,
            REFERRED_BY,
            REFER_SUB,
            REFER_TO,
            REPLACES,
            REQUIRE,
            RETRY_AFTER,
            ROUTE,
            RSEQ,
            SERVER,
            SESSION_EXPIRES,
            SUBSCRIPTION_STATE,
            SUPPORTED,
            TIMESTAMP,
            TO,
            UNSUPPORTED,
            USER_AGENT,
            VIA
        }) {
            CANONICAL.put(name.toLowerCase(Locale.ROOT), name);
        }
        String[] compact = {
            "a",
            "Accept-Contact",
            "b",
            REFERRED_BY,
            "c",
            CONTENT_TYPE,
            "d",
            "Request-Disposition",
            "e",
            CONTENT_ENCODING,
            "f",
            FROM,
            "i",
            CALL_ID,
            "j",
            "Reject-Contact",
            "k",
            SUPPORTED,
            "l",
            CONTENT_LENGTH,
            "m",
            CONTACT,
            "n",
            "Identity-Info",
            "o",
            EVENT,
            "r",
            REFER_TO,
            "s",
            "Subject",
            "t",
            TO,
            "u",
            "Allow-Events",
            "v",
            VIA,
            "x",
            SESSION_EXPIRES,
            "y",
            "Identity"
        };
        for (int i = 0; i < compact.length; i += 2) {
            CANONICAL.put(compact[i], compact[i + 1]);
        }
    }

    private HeaderName() {}

    /** The usual spelling of a header name: compact forms spelled out, known names with their capitals. */
    static String canonical(String name) {
        String known = CANONICAL.get(name);
        if (known == null) {
            known = CANONICAL.get(name.toLowerCase(Locale.ROOT));
        }
        return known == null ? name : known;
    }
}
