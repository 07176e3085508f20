package dev.trunkline.telephony.sip.sdp;

/**
 * An {@code a=} line.
 *
 * @param name before the colon
 * @param value behind it, empty for a flag
 */
public record SdpAttribute(String name, String value) {

    /** A flag such as {@code sendrecv}. */
    public static SdpAttribute flag(String name) {
        return new SdpAttribute(name, "");
    }

    @Override
    public String toString() {
        return value.isEmpty() ? name : name + ":" + value;
    }
}
