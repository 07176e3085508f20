/** Sentences that were spoken before, kept as sound, in memory and on disk. */
@NullMarked
package dev.trunkline.models.cache;

import org.jspecify.annotations.NullMarked;
