/** Digest authentication (RFC 7616 as SIP uses it, RFC 8760): answers challenges of others, and challenges callers. */
@NullMarked
package dev.trunkline.telephony.sip.digest;

import org.jspecify.annotations.NullMarked;
