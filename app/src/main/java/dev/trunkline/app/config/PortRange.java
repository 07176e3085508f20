package dev.trunkline.app.config;

/**
 * A run of UDP ports.
 *
 * @param first the lowest, 1024 or more
 * @param last the highest, at most 65535
 */
public record PortRange(int first, int last) {

    public PortRange {
        if (first < 1024 || last > 65_535 || last <= first) {
            throw new IllegalArgumentException("port range " + first + "-" + last);
        }
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
