/** Telephone keys as tones in the sound itself: heard in what comes, and made for a far side that knows no other way. */
@NullMarked
package dev.trunkline.media.dtmf;

import org.jspecify.annotations.NullMarked;
