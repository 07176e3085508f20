/** Trunks: keeps us registered with telephone companies, watches them, and knows which calls are theirs. */
@NullMarked
package dev.trunkline.telephony.sip.registration;

import org.jspecify.annotations.NullMarked;
