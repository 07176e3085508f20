/** The program and its commands. */
@NullMarked
package dev.trunkline.app;

import org.jspecify.annotations.NullMarked;
