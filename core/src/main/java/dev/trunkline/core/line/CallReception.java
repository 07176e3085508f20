package dev.trunkline.core.line;

/** Who takes the calls that channels bring. */
@FunctionalInterface
public interface CallReception {

    /**
     * A call has come. Called on the channel's thread: returns at once, and answers by {@link Leg#ring}, {@link Leg#answer}
     * or {@link Leg#reject}, now or later.
     */
    void incoming(Leg leg);
}
