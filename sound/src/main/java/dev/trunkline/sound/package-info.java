/** The words for sound that every other room shares: its format, a piece of it, and a piece that speaks a text. */
@NullMarked
package dev.trunkline.sound;

import org.jspecify.annotations.NullMarked;
