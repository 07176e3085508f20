/** Other people's programs that call the server. */
@NullMarked
package dev.trunkline.acceptance.peer;

import org.jspecify.annotations.NullMarked;
