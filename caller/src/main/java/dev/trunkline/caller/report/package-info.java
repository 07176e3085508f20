/** What became of a call: turns, latencies, sound, packets; as text and as JSON. */
@NullMarked
package dev.trunkline.caller.report;

import org.jspecify.annotations.NullMarked;
