/** Order and time for packets that arrive out of both: a short window for hearing, an adaptive buffer for playing. */
@NullMarked
package dev.trunkline.media.jitter;

import org.jspecify.annotations.NullMarked;
