package dev.trunkline.telephony.sip.sdp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who sends media, as seen by the side whose description carries the attribute. */
public enum MediaDirection {
    /** Both send. */
    SENDRECV,
    /** Only this side sends. */
    SENDONLY,
    /** Only the other side sends. */
    RECVONLY,
    /** Nobody sends. */
    INACTIVE;

    /** The direction of that attribute name, null if it is none. */
    public static @Nullable MediaDirection ofAttribute(String name) {
        return switch (name) {
            case "sendrecv" -> SENDRECV;
            case "sendonly" -> SENDONLY;
            case "recvonly" -> RECVONLY;
            case "inactive" -> INACTIVE;
            default -> null;
        };
    }

    /** The direction of that sending and receiving. */
    public static MediaDirection of(boolean sends, boolean receives) {
        if (sends) {
            return receives ? SENDRECV : SENDONLY;
        }
        return receives ? RECVONLY : INACTIVE;
    }

    /** True if this side sends. */
    public boolean sends() {
        return this == SENDRECV || this == SENDONLY;
    }

    /** True if this side receives. */
    public boolean receives() {
        return this == SENDRECV || this == RECVONLY;
    }

    /** The same as the other side sees it. */
    public MediaDirection mirrored() {
        return of(receives(), sends());
    }

    /** What both allow, seen by the same side. */
    public MediaDirection and(MediaDirection other) {
        return of(sends() && other.sends(), receives() && other.receives());
    }

    /** The attribute's name. */
    public String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }
}
