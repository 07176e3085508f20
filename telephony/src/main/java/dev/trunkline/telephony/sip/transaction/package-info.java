/** The client and server transactions of RFC 3261, section 17, with the corrections of RFC 6026. */
@NullMarked
package dev.trunkline.telephony.sip.transaction;

import org.jspecify.annotations.NullMarked;
