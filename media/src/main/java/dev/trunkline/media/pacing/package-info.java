/** When the next frame of each call is due: a drift-free 20 ms clock for many calls, and how well it was kept. */
@NullMarked
package dev.trunkline.media.pacing;

import org.jspecify.annotations.NullMarked;
