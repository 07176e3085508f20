/** Sound at another rate, or in another format altogether, without a seam between the pieces. */
@NullMarked
package dev.trunkline.media.resample;

import org.jspecify.annotations.NullMarked;
