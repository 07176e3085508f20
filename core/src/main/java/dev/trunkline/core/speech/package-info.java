/** The ports to recognition and synthesis. */
@NullMarked
package dev.trunkline.core.speech;

import org.jspecify.annotations.NullMarked;
