/** Where requests to a URI go: addresses, ports and transports by the rules of RFC 3263. */
@NullMarked
package dev.trunkline.telephony.sip.target;

import org.jspecify.annotations.NullMarked;
