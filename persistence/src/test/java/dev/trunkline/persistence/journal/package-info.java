/** The journal: torn, full, without a disk, without a database. */
@NullMarked
package dev.trunkline.persistence.journal;

import org.jspecify.annotations.NullMarked;
