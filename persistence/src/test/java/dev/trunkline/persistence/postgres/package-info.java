/** The stores in a real PostgreSQL that is killed, suspended and started again. */
@NullMarked
package dev.trunkline.persistence.postgres;

import org.jspecify.annotations.NullMarked;
