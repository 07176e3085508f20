/** What is to be said on one call, from any thread, and how much of it has been said: playout with generations. */
@NullMarked
package dev.trunkline.media.playout;

import org.jspecify.annotations.NullMarked;
