/**
 * Calls from an OpenSIPS that does the SIP itself: it tells of them in {@code E_UA_SESSION} events, we say what to do in MI
 * commands, both as JSON-RPC over UDP; the sound is RTP between the caller and our media engine.
 */
@NullMarked
package dev.trunkline.telephony.opensips;

import org.jspecify.annotations.NullMarked;
