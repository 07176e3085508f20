package dev.trunkline.media.codec;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** One encoder of libopus and its memory. Used by one thread at a time. */
final class OpusEncoder implements AutoCloseable {

    private static final int APPLICATION_VOIP = 2_048;
    private static final int SET_BITRATE = 4_002;
    private static final int SET_MAX_BANDWIDTH = 4_004;
    private static final int SET_VBR = 4_006;
    private static final int SET_COMPLEXITY = 4_010;
    private static final int SET_INBAND_FEC = 4_012;
    private static final int SET_PACKET_LOSS_PERCENT = 4_014;
    private static final int SET_SIGNAL = 4_024;
    private static final int BANDWIDTH_NARROW = 1_101;
    private static final int SIGNAL_VOICE = 3_001;

    /** Of 0 to 10. Above it speech at this rate gains nothing that is heard, and the processor pays. */
    private static final int COMPLEXITY = 5;

    /** What error correction is laid out for. */
    private static final int EXPECTED_LOSS_PERCENT = 5;

    private static final int LARGEST_PACKET = 1_275;

    private static final MethodHandle ENCODE = requireNonNull(OpusLibrary.ENCODE);
    private static final MethodHandle CONTROL = requireNonNull(OpusLibrary.ENCODER_CONTROL);

    private final Arena memory = Arena.ofShared();
    private final MemorySegment state;
    private final MemorySegment packet;
    private final MemorySegment sound;

    OpusEncoder(int sampleRate, OpusSettings settings) {
        try {
            int size = (int) requireNonNull(OpusLibrary.ENCODER_SIZE).invokeExact(1);
            state = memory.allocate(size, 16);
            packet = memory.allocate(LARGEST_PACKET);
            sound = memory.allocate(ValueLayout.JAVA_SHORT, sampleRate / 1_000 * OpusPacket.LONGEST_MILLIS);
            int result =
                    (int) requireNonNull(OpusLibrary.ENCODER_INIT).invokeExact(state, sampleRate, 1, APPLICATION_VOIP);
            if (result != OpusLibrary.OK) {
                throw new IllegalStateException("libopus makes no encoder: " + result);
            }
            set(SET_COMPLEXITY, COMPLEXITY);
            set(SET_SIGNAL, SIGNAL_VOICE);
            set(SET_BITRATE, settings.bitrate());
            set(SET_VBR, settings.constant() ? 0 : 1);
            if (settings.narrow()) {
                set(SET_MAX_BANDWIDTH, BANDWIDTH_NARROW);
            }
            if (settings.errorCorrection()) {
                set(SET_INBAND_FEC, 1);
                set(SET_PACKET_LOSS_PERCENT, EXPECTED_LOSS_PERCENT);
            }
        } catch (Throwable e) {
            memory.close();
            throw OpusFailure.of(e);
        }
    }

    private void set(int request, int value) throws Throwable {
        int result = (int) CONTROL.invokeExact(state, request, value);
        if (result != OpusLibrary.OK) {
            throw new IllegalStateException("libopus refuses setting " + request + ": " + result);
        }
    }

    /** Encodes one packet of 2.5, 5, 10, 20, 40 or 60 ms; bytes written. */
    int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
        MemorySegment.copy(pcm, off, sound, ValueLayout.JAVA_SHORT, 0, samples);
        int length;
        try {
            length = (int)
                    ENCODE.invokeExact(state, sound, samples, packet, Math.min(LARGEST_PACKET, out.length - outOff));
        } catch (Throwable e) {
            throw OpusFailure.of(e);
        }
        if (length < 0) {
            throw new IllegalStateException("libopus does not encode " + samples + " samples: " + length);
        }
        MemorySegment.copy(packet, ValueLayout.JAVA_BYTE, 0, out, outOff, length);
        return length;
    }

    @Override
    public void close() {
        memory.close();
    }
}
