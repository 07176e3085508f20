/** A bad network between the caller and the server: loss, jitter, reordering, duplicates, the same for the same seed. */
@NullMarked
package dev.trunkline.caller.network;

import org.jspecify.annotations.NullMarked;
