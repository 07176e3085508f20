package dev.trunkline.app.engine;

import dev.trunkline.core.line.Dialer;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Places calls over a channel that is made after those who may want to dial: the first call can come before it is known. */
final class LateDialer implements Dialer {

    private volatile @Nullable Dialer channel;

    /** From now on it dials with that. */
    void become(Dialer dialer) {
        channel = dialer;
    }

    @Override
    public Leg dial(String target, String callerId, Duration ringTimeout, LegListener listener) {
        Dialer known = channel;
        if (known == null) {
            throw new IllegalStateException("no channel to dial with yet");
        }
        return known.dial(target, callerId, ringTimeout, listener);
    }
}
