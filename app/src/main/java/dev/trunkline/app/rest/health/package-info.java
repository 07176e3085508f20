/** {@code /health}: whether calls should be sent here, and how each part is. */
@NullMarked
package dev.trunkline.app.rest.health;

import org.jspecify.annotations.NullMarked;
