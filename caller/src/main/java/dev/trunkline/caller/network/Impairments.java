package dev.trunkline.caller.network;

/**
 * How bad the network from the caller to the server is. Only this direction is impaired: it is the one in which the server
 * has something to repair. Immutable.
 *
 * @param lossPercent packets that never arrive, 0 to 100
 * @param jitterMillis how far a packet's delay lies from the mean at most, 0 to 1000: the delay is spread evenly over
 *     0 to twice that. Packets keep their order, as in a queue; what overtakes is said by {@code reorderPercent}
 * @param reorderPercent packets that come after the one behind them, 0 to 100
 * @param duplicatePercent packets that come twice, 0 to 100
 * @param seed the same seed impairs the same packets in the same way
 */
public record Impairments(
        double lossPercent, double jitterMillis, double reorderPercent, double duplicatePercent, long seed) {

    /** A perfect network. */
    public static final Impairments NONE = new Impairments(0, 0, 0, 0, 1);

    public Impairments {
        percent("loss", lossPercent);
        percent("reorder", reorderPercent);
        percent("duplicate", duplicatePercent);
        if (!(jitterMillis >= 0 && jitterMillis <= 1_000)) {
            throw new IllegalArgumentException("jitter must be 0 to 1000 ms: " + jitterMillis);
        }
    }

    /** Whether there are none. */
    public boolean none() {
        return lossPercent == 0 && jitterMillis == 0 && reorderPercent == 0 && duplicatePercent == 0;
    }

    /** The same with another seed. */
    public Impairments withSeed(long other) {
        return new Impairments(lossPercent, jitterMillis, reorderPercent, duplicatePercent, other);
    }

    private static void percent(String name, double value) {
        if (!(value >= 0 && value <= 100)) {
            throw new IllegalArgumentException(name + " must be 0 to 100 percent: " + value);
        }
    }
}
