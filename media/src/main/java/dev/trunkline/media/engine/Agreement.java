package dev.trunkline.media.engine;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.CodecType;
import java.util.OptionalInt;
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
    private final int digits;

    Agreement(RtpParameters parameters) {
        this.parameters = parameters;
        for (AudioPayload payload : parameters.receive()) {
            int type = payload.payloadType();
            codecs[type] = payload.codec().create(type);
            types[type] = payload.codec();
            accepted[type] = true;
        }
        OptionalInt digitType = parameters.receiveDigits();
        digits = digitType.orElse(-1);
        if (digits >= 0) {
            accepted[digits] = true;
        }
        accepted[COMFORT_NOISE] = true;
    }

    boolean accepts(int payloadType) {
        return accepted[payloadType];
    }

    boolean isDigits(int payloadType) {
        return payloadType == digits;
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
