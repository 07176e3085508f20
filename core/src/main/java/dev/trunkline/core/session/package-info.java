/** The live state of calls behind a port: who is talking, over which legs, bridges and playbacks. */
@NullMarked
package dev.trunkline.core.session;

import org.jspecify.annotations.NullMarked;
