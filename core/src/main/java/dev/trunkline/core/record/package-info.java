/** What is kept of a call: turns, latencies, messages, and the ports that write and read them. */
@NullMarked
package dev.trunkline.core.record;

import org.jspecify.annotations.NullMarked;
