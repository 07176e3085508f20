/** Calls from media servers that signal for themselves and bring us nothing but RTP: endpoints reserved one by one. */
@NullMarked
package dev.trunkline.telephony.rtp;

import org.jspecify.annotations.NullMarked;
