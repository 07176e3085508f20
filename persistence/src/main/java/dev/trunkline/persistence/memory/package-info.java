/** The stores in memory: the live sessions of one node, and the record of calls where there is no database. */
@NullMarked
package dev.trunkline.persistence.memory;

import org.jspecify.annotations.NullMarked;
