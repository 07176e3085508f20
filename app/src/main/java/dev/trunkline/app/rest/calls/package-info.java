/** {@code /api/v1/calls}: calls that are live and calls that were. */
@NullMarked
package dev.trunkline.app.rest.calls;

import org.jspecify.annotations.NullMarked;
