/** How good a call sounds to those who speak on it, as far as figures of packets can tell. */
@NullMarked
package dev.trunkline.media.quality;

import org.jspecify.annotations.NullMarked;
