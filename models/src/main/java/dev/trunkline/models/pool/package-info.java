/** The few threads that all models of the process share, and what goes before what on them. */
@NullMarked
package dev.trunkline.models.pool;

import org.jspecify.annotations.NullMarked;
