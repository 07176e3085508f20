/** The bounded journal on disk between the conversations and the database: nothing waits for the database, nothing is lost with it. */
@NullMarked
package dev.trunkline.persistence.journal;

import org.jspecify.annotations.NullMarked;
