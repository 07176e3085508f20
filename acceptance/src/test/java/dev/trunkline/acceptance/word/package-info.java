/** Words that were heard, compared with words that should have been. */
@NullMarked
package dev.trunkline.acceptance.word;

import org.jspecify.annotations.NullMarked;
