package dev.trunkline.media.engine;

import java.net.InetSocketAddress;
import java.util.Set;

/**
 * How a shared port runs; fixed at its start.
 *
 * @param address where it listens; an even port, reports use the one above it
 * @param beginning payload types (0 to 127) with which somebody new may begin
 * @param mostSources sessions at once
 * @param newPerSecond how many new sources are taken in a second; more than twice as many at once are not
 */
public record SharedPortSettings(InetSocketAddress address, Set<Integer> beginning, int mostSources, int newPerSecond) {

    public SharedPortSettings {
        beginning = Set.copyOf(beginning);
        if (address.getPort() % 2 != 0) {
            throw new IllegalArgumentException("an even port is needed: " + address.getPort());
        }
        if (mostSources < 1 || newPerSecond < 1) {
            throw new IllegalArgumentException("limits must be 1 or more");
        }
    }
}
