/** The SIP channel: joins calls of the user agent with sessions of the media engine into legs of the conversation. */
@NullMarked
package dev.trunkline.telephony.sip;

import org.jspecify.annotations.NullMarked;
