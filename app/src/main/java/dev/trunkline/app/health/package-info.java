/** How the server and its parts are. */
@NullMarked
package dev.trunkline.app.health;

import org.jspecify.annotations.NullMarked;
