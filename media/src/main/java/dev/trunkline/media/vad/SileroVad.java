package dev.trunkline.media.vad;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Silero VAD (v5 or v6, MIT licence) at 8 kHz through ONNX Runtime: windows of 256 samples preceded by the 32 samples
 * before them, and a recurrent state of 2 x 128 numbers for each stream. All buffers are allocated once; for each batch
 * size the tensors over them are made at its first use.
 */
public final class SileroVad implements VoiceActivityModel {

    /** Where the gain of a bigger batch has levelled off. */
    private static final int BATCH = 64;

    private static final int WINDOW = 256;
    private static final int CONTEXT = 32;
    private static final int INPUT = CONTEXT + WINDOW;
    private static final int STATE = 128;
    private static final long SAMPLE_RATE = 8_000;

    private static final class Recurrence implements Memory {
        private final float[] context = new float[CONTEXT];
        private final float[] state = new float[2 * STATE];
    }

    /** The tensors for one batch size, all over the same memory. */
    private record Tensors(
            OnnxTensor input,
            OnnxTensor state,
            OnnxTensor probability,
            OnnxTensor nextState,
            Map<String, OnnxTensor> inputs,
            Map<String, OnnxTensor> outputs) {

        void close() {
            input.close();
            state.close();
            probability.close();
            nextState.close();
        }
    }

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final OnnxTensor sampleRate;
    private final FloatBuffer input = floats(BATCH * INPUT);
    private final FloatBuffer state = floats(BATCH * 2 * STATE);
    private final FloatBuffer probability = floats(BATCH);
    private final FloatBuffer nextState = floats(BATCH * 2 * STATE);
    private final @Nullable Tensors[] tensors = new Tensors[BATCH + 1];
    private final float[] scratch = new float[INPUT];

    private SileroVad(OrtEnvironment environment, OrtSession session) throws OrtException {
        this.environment = environment;
        this.session = session;
        this.sampleRate = OnnxTensor.createTensor(environment, longOf(SAMPLE_RATE), new long[0]);
    }

    /**
     * Loads the model.
     *
     * @throws VoiceActivityException if the file is missing or is not this model
     */
    public static SileroVad load(Path file) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            SileroVad model = new SileroVad(environment, environment.createSession(file.toString(), options));
            model.warmUp();
            return model;
        } catch (OrtException e) {
            throw new VoiceActivityException("cannot load the voice-activity model " + file, e);
        }
    }

    private void warmUp() {
        infer(new Memory[] {newMemory()}, new short[1][WINDOW], new float[1], 1);
    }

    @Override
    public int windowSamples() {
        return WINDOW;
    }

    @Override
    public int maxBatch() {
        return BATCH;
    }

    @Override
    public Memory newMemory() {
        return new Recurrence();
    }

    @Override
    public void infer(Memory[] memories, short[][] windows, float[] probabilities, int count) {
        for (int i = 0; i < count; i++) {
            Recurrence memory = (Recurrence) Objects.requireNonNull(memories[i]);
            System.arraycopy(memory.context, 0, scratch, 0, CONTEXT);
            for (int s = 0; s < WINDOW; s++) {
                scratch[CONTEXT + s] = windows[i][s] / 32_768f;
            }
            input.put(i * INPUT, scratch);
            state.put(i * STATE, memory.state, 0, STATE);
            state.put((count + i) * STATE, memory.state, STATE, STATE);
        }
        try {
            Tensors batch = tensorsFor(count);
            session.run(batch.inputs, Set.of(), batch.outputs).close();
        } catch (OrtException e) {
            throw new VoiceActivityException("the voice-activity model failed", e);
        }
        for (int i = 0; i < count; i++) {
            Recurrence memory = (Recurrence) memories[i];
            probabilities[i] = probability.get(i);
            nextState.get(i * STATE, memory.state, 0, STATE);
            nextState.get((count + i) * STATE, memory.state, STATE, STATE);
            for (int s = 0; s < CONTEXT; s++) {
                memory.context[s] = windows[i][WINDOW - CONTEXT + s] / 32_768f;
            }
        }
    }

    private Tensors tensorsFor(int count) throws OrtException {
        Tensors known = tensors[count];
        if (known != null) {
            return known;
        }
        OnnxTensor in = tensor(input, count, INPUT);
        OnnxTensor before = tensor(state, 2, count, STATE);
        OnnxTensor out = tensor(probability, count, 1);
        OnnxTensor after = tensor(nextState, 2, count, STATE);
        Tensors made = new Tensors(
                in,
                before,
                out,
                after,
                Map.of("input", in, "state", before, "sr", sampleRate),
                Map.of("output", out, "stateN", after));
        tensors[count] = made;
        return made;
    }

    private OnnxTensor tensor(FloatBuffer over, long... shape) throws OrtException {
        long size = 1;
        for (long dimension : shape) {
            size *= dimension;
        }
        return OnnxTensor.createTensor(environment, over.slice(0, (int) size), shape);
    }

    @Override
    public void close() {
        for (Tensors made : tensors) {
            if (made != null) {
                made.close();
            }
        }
        sampleRate.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new VoiceActivityException("cannot close the voice-activity model", e);
        }
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static LongBuffer longOf(long value) {
        return ByteBuffer.allocateDirect(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer()
                .put(0, value);
    }
}
