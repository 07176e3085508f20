/** The scripted caller: places a call, speaks its script, and reports what it heard. */
@NullMarked
package dev.trunkline.caller;

import org.jspecify.annotations.NullMarked;
