/** The server's life: start, the lines that tell it is ready, and the stop. */
@NullMarked
package dev.trunkline.app.server;

import org.jspecify.annotations.NullMarked;
