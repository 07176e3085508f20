/** What a call is: its name, its parties, its state, and why it ended. */
@NullMarked
package dev.trunkline.core.call;

import org.jspecify.annotations.NullMarked;
