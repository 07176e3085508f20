/** How media threads hand sound and figures to other threads without locks and without allocating. */
@NullMarked
package dev.trunkline.media.handover;

import org.jspecify.annotations.NullMarked;
