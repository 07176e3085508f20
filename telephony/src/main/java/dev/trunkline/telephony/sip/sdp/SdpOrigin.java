package dev.trunkline.telephony.sip.sdp;

/**
 * The {@code o=} line.
 *
 * @param user a name without spaces, {@code -} if there is none
 * @param sessionId number in decimal digits (up to 64 bits, some peers more)
 * @param version number that grows with each change
 * @param address type and address, such as {@code IN IP4 192.0.2.1}
 */
public record SdpOrigin(String user, String sessionId, String version, String address) {

    @Override
    public String toString() {
        return user + " " + sessionId + " " + version + " " + address;
    }
}
