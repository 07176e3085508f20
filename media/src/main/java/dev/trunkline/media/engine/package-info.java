/** RTP for many calls on a few threads: sessions that hear, speak, bridge, and report what happens on the line. */
@NullMarked
package dev.trunkline.media.engine;

import org.jspecify.annotations.NullMarked;
