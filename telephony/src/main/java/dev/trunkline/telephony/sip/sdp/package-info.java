/** Session descriptions (RFC 8866) and the offer/answer model (RFC 3264), free of any network or media engine. */
@NullMarked
package dev.trunkline.telephony.sip.sdp;

import org.jspecify.annotations.NullMarked;
