/** The table of peers and behaviours: which test shows that we get on with whom. */
@NullMarked
package dev.trunkline.acceptance.table;

import org.jspecify.annotations.NullMarked;
