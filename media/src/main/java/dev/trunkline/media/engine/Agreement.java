package dev.trunkline.media.engine;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/** Parameters made ready for the packet's way: what each payload type means. */
final class Agreement {

    private static final int PAYLOAD_TYPES = 128;

    /** RFC 3389: allowed without being agreed on, as many phones send it so. */
    private static final int COMFORT_NOISE = 13;

    final RtpParameters parameters;
    final @Nullable Codec[] codecs = new Codec[PAYLOAD_TYPES];
    private final @Nullable CodecType[] types = new CodecType[PAYLOAD_TYPES];
    private final boolean[] accepted = new boolean[PAYLOAD_TYPES];
    private final int[] digitClocks = new int[PAYLOAD_TYPES];

    Agreement(RtpParameters parameters) {
        this.parameters = parameters;
        for (AudioPayload payload : parameters.receive()) {
            int type = payload.payloadType();
            codecs[type] = payload.codec().create(type);
            types[type] = payload.codec();
            accepted[type] = true;
        }
        for (EventPayload digits : parameters.receiveDigits()) {
            digitClocks[digits.payloadType()] = digits.clockRate();
            accepted[digits.payloadType()] = true;
        }
        accepted[COMFORT_NOISE] = true;
    }

    boolean accepts(int payloadType) {
        return accepted[payloadType];
    }

    /** The clock of telephone-events with that payload type; 0 if it is not one of theirs. */
    int digitClock(int payloadType) {
        return digitClocks[payloadType];
    }

    /** Goes on with the decoders of the agreement before where the same is received as before, and closes the others. */
    void takeOver(Agreement before) {
        for (int type = 0; type < PAYLOAD_TYPES; type++) {
            Codec had = before.codecs[type];
            if (had != null && before.types[type] == types[type]) {
                codecs[type] = had;
            } else if (had != null) {
                had.close();
            }
        }
    }

    /** Gives the decoders back. */
    void close() {
        for (Codec codec : codecs) {
            if (codec != null) {
                codec.close();
            }
        }
    }

    /** How much sound a packet holds, in units of its codec's clock; 0 if none. */
    int clockUnits(RtpPacket packet) {
        Codec codec = codecs[packet.payloadType()];
        return codec == null ? 0 : codec.clockUnits(packet.array(), packet.payloadOffset(), packet.payloadLength());
    }

    /** The codec of sound; null for digits and comfort noise. */
    @Nullable
    CodecType typeOf(int payloadType) {
        return types[payloadType];
    }

    boolean sends() {
        return parameters.direction().sends();
    }

    boolean receives() {
        return parameters.direction().receives();
    }
}
