/** The behaviour that every store of calls and sessions has, in memory and in a database alike. */
@NullMarked
package dev.trunkline.persistence.record;

import org.jspecify.annotations.NullMarked;
