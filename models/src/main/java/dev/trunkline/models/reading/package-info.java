/** How written English is read aloud: numbers, prices, times, telephone numbers, addresses, abbreviations. */
@NullMarked
package dev.trunkline.models.reading;

import org.jspecify.annotations.NullMarked;
