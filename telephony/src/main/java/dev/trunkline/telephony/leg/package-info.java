/** What the legs of every channel share whose sound goes through our own media engine. */
@NullMarked
package dev.trunkline.telephony.leg;

import org.jspecify.annotations.NullMarked;
