/** Sound in place of packets that never came. */
@NullMarked
package dev.trunkline.media.conceal;

import org.jspecify.annotations.NullMarked;
