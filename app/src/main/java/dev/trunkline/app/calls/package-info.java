/** The calls of this server as others see them: those in memory, live or just over, joined with the record. */
@NullMarked
package dev.trunkline.app.calls;

import org.jspecify.annotations.NullMarked;
