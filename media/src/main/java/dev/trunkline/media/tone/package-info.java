/** Tones: telephone keys made audible, and whether a given frequency is in a piece of sound. */
@NullMarked
package dev.trunkline.media.tone;

import org.jspecify.annotations.NullMarked;
