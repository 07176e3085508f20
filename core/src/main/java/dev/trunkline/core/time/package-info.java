/** Time as a port, so that a conversation can run in virtual time. */
@NullMarked
package dev.trunkline.core.time;

import org.jspecify.annotations.NullMarked;
