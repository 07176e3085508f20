/** The reports that go beside RTP (RFC 3550): read, written, timed, and what they tell about the way to the far side. */
@NullMarked
package dev.trunkline.media.rtcp;

import org.jspecify.annotations.NullMarked;
