package dev.trunkline.app.health;

import java.util.List;

/**
 * How the server is.
 *
 * @param node its name
 * @param parts each part
 * @param draining whether it takes no calls any more, because it is being stopped
 * @param activeCalls calls now
 * @param mostCalls calls at once, at most
 */
public record Health(String node, List<Part> parts, boolean draining, int activeCalls, int mostCalls) {
    public Health {
        parts = List.copyOf(parts);
    }

    /** All of it in one word. */
    public Status status() {
        if (draining) {
            return Status.DRAINING;
        }
        Status worst = Status.UP;
        for (Part part : parts) {
            Status status = switch (part.state()) {
                case UP -> Status.UP;
                case STARTING -> part.vital() ? Status.STARTING : Status.UP;
                case DOWN -> part.vital() ? Status.DOWN : Status.DEGRADED;
            };
            if (status.compareTo(worst) > 0) {
                worst = status;
            }
        }
        return worst;
    }

    /** How the server is as a whole; the later, the worse. */
    public enum Status {
        /** All well. */
        UP(true),
        /** Calls go on, something beside them does not. */
        DEGRADED(true),
        /** Not ready for calls yet. */
        STARTING(false),
        /** Being stopped. */
        DRAINING(false),
        /** Calls can't be served. */
        DOWN(false);

        private final boolean serving;

        Status(boolean serving) {
            this.serving = serving;
        }

        /** Whether calls should be sent here. */
        public boolean serving() {
            return serving;
        }
    }
}
