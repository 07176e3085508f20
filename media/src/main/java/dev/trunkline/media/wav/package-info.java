/** Wave files in and out. */
@NullMarked
package dev.trunkline.media.wav;

import org.jspecify.annotations.NullMarked;
