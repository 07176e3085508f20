package dev.trunkline.telephony.sip.message;

/** The names of the methods. Methods stay strings because any token is a legal one; case counts. */
public final class SipMethod {

    /** Begins a call or changes a running one. */
    public static final String INVITE = "INVITE";
    /** Confirms the final answer to an INVITE. */
    public static final String ACK = "ACK";
    /** Ends a call. */
    public static final String BYE = "BYE";
    /** Takes back an INVITE that has no final answer yet. */
    public static final String CANCEL = "CANCEL";
    /** Asks what a peer can do; also the usual keep-alive. */
    public static final String OPTIONS = "OPTIONS";
    /** Mid-call information, here digits (RFC 6086). */
    public static final String INFO = "INFO";
    /** Changes a call's media also before it is answered (RFC 3311). */
    public static final String UPDATE = "UPDATE";
    /** Tells a registrar where an account can be reached. */
    public static final String REGISTER = "REGISTER";
    /** Confirms a provisional answer that must not get lost (RFC 3262). */
    public static final String PRACK = "PRACK";
    /** Asks the peer to call somebody else (RFC 3515). */
    public static final String REFER = "REFER";
    /** Tells what has become of a subscription, here of a REFER (RFC 6665). */
    public static final String NOTIFY = "NOTIFY";

    private SipMethod() {}
}
