/** The caller's own RTP: packets out, packets in, and the loop that keeps the time. */
@NullMarked
package dev.trunkline.caller.wire;

import org.jspecify.annotations.NullMarked;
