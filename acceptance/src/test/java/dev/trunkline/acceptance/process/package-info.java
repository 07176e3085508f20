/** Other programs in processes of their own, and what they prove themselves with. */
@NullMarked
package dev.trunkline.acceptance.process;

import org.jspecify.annotations.NullMarked;
