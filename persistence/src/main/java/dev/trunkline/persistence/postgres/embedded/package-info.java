/** A PostgreSQL of our own: unpacked from the class path, kept in the data folder, started, adopted and stopped here. */
@NullMarked
package dev.trunkline.persistence.postgres.embedded;

import org.jspecify.annotations.NullMarked;
