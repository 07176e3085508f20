/** The program: its commands and its version. */
@NullMarked
package dev.trunkline.app;

import org.jspecify.annotations.NullMarked;
