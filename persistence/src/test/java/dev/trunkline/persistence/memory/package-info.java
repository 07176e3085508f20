/** The stores in memory, by the common behaviour. */
@NullMarked
package dev.trunkline.persistence.memory;

import org.jspecify.annotations.NullMarked;
