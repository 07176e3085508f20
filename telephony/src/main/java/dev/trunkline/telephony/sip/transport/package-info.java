/** How SIP messages get from and to the network, and the one event loop whose thread owns all SIP state. */
@NullMarked
package dev.trunkline.telephony.sip.transport;

import org.jspecify.annotations.NullMarked;
