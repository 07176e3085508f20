/** The words of the command line. */
@NullMarked
package dev.trunkline.caller.command;

import org.jspecify.annotations.NullMarked;
