/** The server under test, in a process of its own, and what it tells by HTTP. */
@NullMarked
package dev.trunkline.acceptance.server;

import org.jspecify.annotations.NullMarked;
