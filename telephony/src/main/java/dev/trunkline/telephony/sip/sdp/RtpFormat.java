package dev.trunkline.telephony.sip.sdp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A codec under its payload type number. Immutable.
 *
 * @param payloadType 0 to 127
 * @param name such as {@code PCMU}; compared without case
 * @param clockRate of the RTP timestamps, in Hz (8000 for G722, 48000 for opus)
 * @param channels 1 or more
 * @param parameters of {@code fmtp}, empty if there are none
 */
public record RtpFormat(int payloadType, String name, int clockRate, int channels, String parameters) {

    /** Mu-law, payload type 0. */
    public static final RtpFormat PCMU = new RtpFormat(0, "PCMU", 8_000, 1, "");

    /** A-law, payload type 8. */
    public static final RtpFormat PCMA = new RtpFormat(8, "PCMA", 8_000, 1, "");

    /** RFC 4733 events at 8 kHz: digits, star, hash, A to D (0 to 15) and flash (16). */
    public static final RtpFormat TELEPHONE_EVENT = new RtpFormat(101, "telephone-event", 8_000, 1, "0-16");

    /** Comfort noise (RFC 3389), payload type 13. */
    public static final RtpFormat COMFORT_NOISE = new RtpFormat(13, "CN", 8_000, 1, "");

    private static final int EVENTS_ELSEWHERE = 110;

    /** RFC 4733 events in that clock, which has to be the clock of the sound beside them. */
    public static RtpFormat telephoneEvent(int clockRate) {
        return clockRate == TELEPHONE_EVENT.clockRate()
                ? TELEPHONE_EVENT
                : new RtpFormat(EVENTS_ELSEWHERE, TELEPHONE_EVENT.name(), clockRate, 1, TELEPHONE_EVENT.parameters());
    }

    static @Nullable RtpFormat wellKnown(int payloadType) {
        return switch (payloadType) {
            case 0 -> PCMU;
            case 3 -> new RtpFormat(3, "GSM", 8_000, 1, "");
            case 4 -> new RtpFormat(4, "G723", 8_000, 1, "");
            case 8 -> PCMA;
            case 9 -> new RtpFormat(9, "G722", 8_000, 1, "");
            case 13 -> COMFORT_NOISE;
            case 18 -> new RtpFormat(18, "G729", 8_000, 1, "");
            default -> null;
        };
    }

    /** What an {@code rtpmap} says behind the number, null if it can't be read. */
    static @Nullable RtpFormat parse(int payloadType, String map) {
        String[] parts = map.split("/", 3);
        if (parts.length < 2 || parts[0].isBlank()) {
            return null;
        }
        try {
            int clockRate = Integer.parseInt(parts[1].strip());
            int channels = parts.length == 3 ? Integer.parseInt(parts[2].strip()) : 1;
            if (clockRate < 1 || clockRate > 1_000_000 || channels < 1 || channels > 255) {
                return null;
            }
            return corrected(new RtpFormat(payloadType, parts[0].strip(), clockRate, channels, ""));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** What some write for G.722, whose clock is 8 kHz (RFC 3551), and for Opus, whose channels are 2 (RFC 7587). */
    private static RtpFormat corrected(RtpFormat read) {
        if (read.name.equalsIgnoreCase("G722") && read.clockRate == 16_000) {
            return new RtpFormat(read.payloadType, read.name, 8_000, 1, "");
        }
        if (read.name.equalsIgnoreCase("opus") && read.clockRate == 48_000) {
            return new RtpFormat(read.payloadType, read.name, 48_000, 2, "");
        }
        return read;
    }

    /** True for RFC 4733 events. */
    public boolean isTelephoneEvent() {
        return name.equalsIgnoreCase("telephone-event");
    }

    /** True if the other is the same codec, whatever its number and parameters. */
    public boolean isSameCodec(RtpFormat other) {
        return name.equalsIgnoreCase(other.name) && clockRate == other.clockRate && channels == other.channels;
    }

    /** The same codec under another number. */
    public RtpFormat withPayloadType(int number) {
        return new RtpFormat(number, name, clockRate, channels, parameters);
    }

    /** The same codec with these {@code fmtp} parameters. */
    public RtpFormat withParameters(String other) {
        return other.equals(parameters) ? this : new RtpFormat(payloadType, name, clockRate, channels, other);
    }

    /** The {@code rtpmap} value behind the number. */
    String map() {
        return name + "/" + clockRate + (channels > 1 ? "/" + channels : "");
    }

    @Override
    public String toString() {
        return name.toUpperCase(Locale.ROOT) + "/" + clockRate + "(" + payloadType + ")";
    }
}
