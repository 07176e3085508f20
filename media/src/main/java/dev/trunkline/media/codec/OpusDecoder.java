package dev.trunkline.media.codec;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** One decoder of libopus and its memory. Used by one thread at a time. */
final class OpusDecoder implements AutoCloseable {

    private static final int RESET_STATE = 4_028;
    private static final int LARGEST_PACKET = 2_048;

    private static final MethodHandle DECODE = requireNonNull(OpusLibrary.DECODE);
    private static final MethodHandle CONTROL = requireNonNull(OpusLibrary.DECODER_CONTROL);

    private final Arena memory = Arena.ofShared();
    private final MemorySegment state;
    private final MemorySegment packet;
    private final MemorySegment sound;
    private final int longest;

    OpusDecoder(int sampleRate) {
        longest = sampleRate / 1_000 * OpusPacket.LONGEST_MILLIS;
        try {
            int size = (int) requireNonNull(OpusLibrary.DECODER_SIZE).invokeExact(1);
            state = memory.allocate(size, 16);
            packet = memory.allocate(LARGEST_PACKET);
            sound = memory.allocate(ValueLayout.JAVA_SHORT, longest);
            int result = (int) requireNonNull(OpusLibrary.DECODER_INIT).invokeExact(state, sampleRate, 1);
            if (result != OpusLibrary.OK) {
                throw new IllegalStateException("libopus makes no decoder: " + result);
            }
        } catch (Throwable e) {
            memory.close();
            throw OpusFailure.of(e);
        }
    }

    /** Decodes a packet; samples written, 0 if it makes no sense. */
    int decode(byte[] src, int off, int len, short[] out, int outOff) {
        return run(src, off, len, longest, false, out, outOff);
    }

    /** So many samples that came before that packet: what it repeats of them, the rest made up. */
    int recover(byte[] next, int off, int len, int samples, short[] out, int outOff) {
        return run(next, off, len, Math.min(samples, longest), true, out, outOff);
    }

    private int run(byte[] src, int off, int len, int room, boolean before, short[] out, int outOff) {
        if (len > LARGEST_PACKET) {
            return 0;
        }
        MemorySegment.copy(src, off, packet, ValueLayout.JAVA_BYTE, 0, len);
        int samples;
        try {
            samples = (int) DECODE.invokeExact(state, packet, len, sound, room, before ? 1 : 0);
        } catch (Throwable e) {
            throw OpusFailure.of(e);
        }
        if (samples <= 0) {
            return 0;
        }
        MemorySegment.copy(sound, ValueLayout.JAVA_SHORT, 0, out, outOff, samples);
        return samples;
    }

    void reset() {
        try {
            int result = (int) CONTROL.invokeExact(state, RESET_STATE);
            assert result == OpusLibrary.OK : result;
        } catch (Throwable e) {
            throw OpusFailure.of(e);
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
