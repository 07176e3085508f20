/** SIP messages as values: parsing, writing, headers and URIs (RFC 3261), free of any network or call state. */
@NullMarked
package dev.trunkline.telephony.sip.message;

import org.jspecify.annotations.NullMarked;
