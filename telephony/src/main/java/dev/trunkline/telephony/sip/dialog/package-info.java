/** Dialogs of RFC 3261, section 12: who talks with whom, in which sequence, over which route. */
@NullMarked
package dev.trunkline.telephony.sip.dialog;

import org.jspecify.annotations.NullMarked;
