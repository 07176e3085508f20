package dev.trunkline.app.server;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/**
 * SIGTERM and Ctrl-C. The first asks for a stop, the second for its end at once. The virtual machine's own way (shutdown
 * hooks) would neither tell the second nor end with the exit code that we want.
 */
final class StopSignals {

    private final AtomicInteger count = new AtomicInteger();
    private final Runnable first;
    private final Runnable second;

    private StopSignals(Runnable first, Runnable second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Catches them from now on.
     *
     * @param first done at the first signal; must not block
     * @param second done at the second, before the process ends at once
     */
    static void caught(Runnable first, Runnable second) {
        StopSignals signals = new StopSignals(first, second);
        Signal.handle(new Signal("TERM"), signals::on);
        Signal.handle(new Signal("INT"), signals::on);
    }

    private void on(Signal signal) {
        switch (count.incrementAndGet()) {
            case 1 -> first.run();
            case 2 -> {
                try {
                    second.run();
                } finally {
                    Runtime.getRuntime().halt(128 + signal.getNumber());
                }
            }
            default -> Runtime.getRuntime().halt(128 + signal.getNumber());
        }
    }
}
