/** How log lines look: one event a line, for people or for machines, never holding up the thread that logs. */
@NullMarked
package dev.trunkline.app.logging;

import org.jspecify.annotations.NullMarked;
