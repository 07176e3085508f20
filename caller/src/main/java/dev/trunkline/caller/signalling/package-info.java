/** How a caller rings: offers sound, hears what became of it, hangs up. */
@NullMarked
package dev.trunkline.caller.signalling;

import org.jspecify.annotations.NullMarked;
