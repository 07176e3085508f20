/** The port to the channels: a leg of a call with its signalling and its sound, and who answers it. */
@NullMarked
package dev.trunkline.core.line;

import org.jspecify.annotations.NullMarked;
