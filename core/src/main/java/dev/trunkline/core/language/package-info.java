/** The port to language models. */
@NullMarked
package dev.trunkline.core.language;

import org.jspecify.annotations.NullMarked;
