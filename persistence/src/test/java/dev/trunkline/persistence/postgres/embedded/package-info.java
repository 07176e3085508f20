/** The embedded database: first start, second start, killed owners, damaged folders. */
@NullMarked
package dev.trunkline.persistence.postgres.embedded;

import org.jspecify.annotations.NullMarked;
