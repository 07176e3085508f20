/** Secure RTP and RTCP (RFC 3711) with keys that the signalling exchanges (RFC 4568). */
@NullMarked
package dev.trunkline.media.srtp;

import org.jspecify.annotations.NullMarked;
