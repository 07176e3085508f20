/** How the server and its parts are, and which version it is. */
@NullMarked
package dev.trunkline.app.health;

import org.jspecify.annotations.NullMarked;
