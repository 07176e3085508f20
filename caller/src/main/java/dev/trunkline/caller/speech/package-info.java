/** The caller's mouth and ears: the local voice and the local recogniser. */
@NullMarked
package dev.trunkline.caller.speech;

import org.jspecify.annotations.NullMarked;
