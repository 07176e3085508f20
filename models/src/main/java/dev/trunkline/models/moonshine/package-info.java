/** Recognition of English speech inside the process, with the Moonshine models. */
@NullMarked
package dev.trunkline.models.moonshine;

import org.jspecify.annotations.NullMarked;
