package dev.trunkline.models.moonshine;

import java.util.Locale;

/** Which of the published English models, and its dimensions. */
public enum MoonshineSize {
    /** The small one: about half the time and twice the word errors of {@link #BASE}. */
    TINY(6, 36),
    /** The larger one. */
    BASE(8, 52);

    /** Attention heads of a layer; the same in both. */
    static final int HEADS = 8;

    private final int layers;
    private final int headSize;

    MoonshineSize(int layers, int headSize) {
        this.layers = layers;
        this.headSize = headSize;
    }

    int layers() {
        return layers;
    }

    int headSize() {
        return headSize;
    }

    String encoderFile() {
        return "moonshine_" + lowerCase() + "_encoder.onnx";
    }

    String decoderFile() {
        return "moonshine_" + lowerCase() + "_decoder.onnx";
    }

    String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }
}
