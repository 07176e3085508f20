/** The SIP user agent: an endpoint that takes and places calls and reports them as events, independent of media. */
@NullMarked
package dev.trunkline.telephony.sip.useragent;

import org.jspecify.annotations.NullMarked;
