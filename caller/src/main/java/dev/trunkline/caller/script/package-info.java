/** What a caller does in a call, and when: steps with their cues, played in 20 ms rounds against any clock. */
@NullMarked
package dev.trunkline.caller.script;

import org.jspecify.annotations.NullMarked;
