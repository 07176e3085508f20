package dev.trunkline.telephony.sip.useragent;

/**
 * What carries SIP beside UDP. Immutable.
 *
 * @param tcp whether TCP is listened to on the port of UDP
 */
public record TransportSettings(boolean tcp) {

    /** Datagrams alone. */
    public static final TransportSettings UDP_ONLY = new TransportSettings(false);
}
