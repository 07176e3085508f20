/** The wire of RTP: packets, sequence numbers, statistics, telephone events and whose packets are let in. */
@NullMarked
package dev.trunkline.media.rtp;

import org.jspecify.annotations.NullMarked;
