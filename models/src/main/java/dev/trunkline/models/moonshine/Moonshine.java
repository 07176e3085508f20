package dev.trunkline.models.moonshine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A Moonshine model: an encoder over raw samples and a decoder that writes one token a step, the likeliest each time,
 * keeping the keys and values of the attention between steps (Jeffries et al., "Moonshine: Speech Recognition for Live
 * Transcription and Voice Commands", 2024).
 *
 * <p>Thread-safe: threads share the weights, and each decoding uses the one core of the thread that calls. Twice as many
 * threads take about twice the working memory. Takes up to {@value #MAX_SECONDS} seconds at once; longer sound makes these
 * models repeat themselves.
 */
public final class Moonshine implements AutoCloseable {

    /** Samples a second that the models take. */
    public static final int SAMPLE_RATE = 16_000;

    /** The longest sound, in seconds, that is decoded in one piece. */
    public static final int MAX_SECONDS = 20;

    static final int START = 1;
    static final int END = 2;

    /** Below that many samples the encoder has no frame to work on. */
    private static final int MIN_SAMPLES = 1_024;

    /** Speech has about six tokens a second at most; fast talkers and short sounds get a margin. */
    private static final double TOKENS_A_SECOND = 6.5;

    private static final int TOKENS_MARGIN = 6;

    private final MoonshineSize size;
    private final Vocabulary vocabulary;
    private final OrtEnvironment environment;
    private final OrtSession encoder;
    private final OrtSession decoder;
    private final List<String> decoderCache = new ArrayList<>();
    private final List<String> encoderCache = new ArrayList<>();
    private final Set<String> firstOutputs = new LinkedHashSet<>();
    private final Set<String> laterOutputs = new LinkedHashSet<>();

    private Moonshine(
            MoonshineSize size,
            Vocabulary vocabulary,
            OrtEnvironment environment,
            OrtSession encoder,
            OrtSession decoder) {
        this.size = size;
        this.vocabulary = vocabulary;
        this.environment = environment;
        this.encoder = encoder;
        this.decoder = decoder;
        firstOutputs.add("logits");
        laterOutputs.add("logits");
        for (int layer = 0; layer < size.layers(); layer++) {
            for (String part : new String[] {"key", "value"}) {
                decoderCache.add("." + layer + ".decoder." + part);
                encoderCache.add("." + layer + ".encoder." + part);
            }
        }
        decoderCache.forEach(name -> {
            firstOutputs.add("present" + name);
            laterOutputs.add("present" + name);
        });
        encoderCache.forEach(name -> firstOutputs.add("present" + name));
    }

    /**
     * Loads a model.
     *
     * @param folder where the model files are
     * @throws IOException if a file is missing or is not such a model
     */
    public static Moonshine load(Path folder, MoonshineSize size) throws IOException {
        Path encoderFile = existing(folder.resolve(size.encoderFile()));
        Path decoderFile = existing(folder.resolve(size.decoderFile()));
        Vocabulary vocabulary = Vocabulary.read(existing(folder.resolve("llama_vocabulary.txt")));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try {
            OrtSession encoder = session(environment, encoderFile);
            try {
                return new Moonshine(size, vocabulary, environment, encoder, session(environment, decoderFile));
            } catch (OrtException e) {
                encoder.close();
                throw e;
            }
        } catch (OrtException e) {
            throw new IOException("model " + size.lowerCase() + " cannot be loaded from " + folder, e);
        }
    }

    private static Path existing(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("model file missing: " + file);
        }
        return file;
    }

    private static OrtSession session(OrtEnvironment environment, Path file) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // the pool's threads are the parallelism; a waiting thread must not burn a core that media needs
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.addConfigEntry("session.inter_op.allow_spinning", "0");
            options.setSessionLogLevel(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            return environment.createSession(file.toString(), options);
        }
    }

    /** Which model it is. */
    public MoonshineSize size() {
        return size;
    }

    /**
     * The words in that sound; runs on the calling thread.
     *
     * @param samples at {@value #SAMPLE_RATE} Hz, -1 to 1
     * @throws IllegalArgumentException if the sound is longer than {@value #MAX_SECONDS} s
     * @throws RecognitionException if the runtime fails
     */
    public Decoded transcribe(float[] samples) {
        return transcribe(samples, () -> false).orElseThrow();
    }

    /**
     * The words in that sound, unless something more urgent comes up.
     *
     * @param samples at {@value #SAMPLE_RATE} Hz, -1 to 1
     * @param stop asked before each token
     * @return empty if stopped
     * @throws IllegalArgumentException if the sound is longer than {@value #MAX_SECONDS} s
     * @throws RecognitionException if the runtime fails
     */
    public Optional<Decoded> transcribe(float[] samples, BooleanSupplier stop) {
        if (samples.length > MAX_SECONDS * SAMPLE_RATE) {
            throw new IllegalArgumentException("longer than " + MAX_SECONDS + " s: " + samples.length + " samples");
        }
        if (samples.length < MIN_SAMPLES) {
            return Optional.of(Decoded.NOTHING);
        }
        int limit = (int) Math.ceil(samples.length * TOKENS_A_SECOND / SAMPLE_RATE) + TOKENS_MARGIN;
        try (OnnxTensor input = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(samples), new long[] {1, samples.length});
                OrtSession.Result encoded = encoder.run(Map.of("input_values", input))) {
            return decode((OnnxTensor) encoded.get(0), limit, stop);
        } catch (OrtException e) {
            throw new RecognitionException("recognition failed in the model's runtime", e);
        }
    }

    private Optional<Decoded> decode(OnnxTensor hidden, int limit, BooleanSupplier stop) throws OrtException {
        TokenRun run = new TokenRun(limit);
        Map<String, OnnxTensor> inputs = new HashMap<>();
        inputs.put("encoder_hidden_states", hidden);
        OrtSession.Result first = null;
        OrtSession.Result previous = null;
        try (OnnxTensor empty = OnnxTensor.createTensor(
                        environment, FloatBuffer.allocate(0), new long[] {0, MoonshineSize.HEADS, 1, size.headSize()});
                OnnxTensor no = OnnxTensor.createTensor(environment, new boolean[] {false});
                OnnxTensor yes = OnnxTensor.createTensor(environment, new boolean[] {true})) {
            decoderCache.forEach(name -> inputs.put("past_key_values" + name, empty));
            encoderCache.forEach(name -> inputs.put("past_key_values" + name, empty));
            inputs.put("use_cache_branch", no);
            int token = START;
            while (!stop.getAsBoolean()) {
                OrtSession.Result step;
                try (OnnxTensor ids =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[] {token}), new long[] {1, 1})) {
                    inputs.put("input_ids", ids);
                    step = decoder.run(inputs, first == null ? firstOutputs : laterOutputs);
                }
                if (previous != null && previous != first) {
                    previous.close();
                }
                previous = step;
                FloatBuffer logits = tensor(step, "logits").getFloatBuffer();
                token = run.add(logits);
                if (run.ended()) {
                    return Optional.of(run.result(vocabulary));
                }
                for (String name : decoderCache) {
                    inputs.put("past_key_values" + name, tensor(step, "present" + name));
                }
                if (first == null) {
                    first = step;
                    for (String name : encoderCache) {
                        inputs.put("past_key_values" + name, tensor(step, "present" + name));
                    }
                    inputs.put("use_cache_branch", yes);
                }
            }
            return Optional.empty();
        } finally {
            if (previous != null && previous != first) {
                previous.close();
            }
            if (first != null) {
                first.close();
            }
        }
    }

    private static OnnxTensor tensor(OrtSession.Result result, String name) {
        return (OnnxTensor) result.get(name).orElseThrow();
    }

    /** Frees the model. Nothing may be decoding. */
    @Override
    public void close() {
        try (encoder;
                decoder) {
            // both are closed, the decoder first
        } catch (OrtException e) {
            throw new IllegalStateException("the model cannot be freed", e);
        }
    }
}
