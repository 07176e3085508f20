/** Real calls against the running server: what somebody on a telephone gets to hear. */
@NullMarked
package dev.trunkline.acceptance;

import org.jspecify.annotations.NullMarked;
