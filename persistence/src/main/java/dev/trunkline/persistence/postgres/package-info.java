/** Calls in PostgreSQL, embedded or any other: its life beside ours, its migrations, what is written and read there. */
@NullMarked
package dev.trunkline.persistence.postgres;

import org.jspecify.annotations.NullMarked;
