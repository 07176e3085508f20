/** Many callers in real time from a few threads, and what they and the machine tell of the server under that load. */
@NullMarked
package dev.trunkline.caller.load;

import org.jspecify.annotations.NullMarked;
