package dev.trunkline.media.codec;

/** What a call of a native function can throw, made fit for our methods. */
final class OpusFailure {

    private OpusFailure() {}

    static RuntimeException of(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(thrown);
        };
    }
}
