package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.transport.SipScheduler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;

/** Finds the address of a host name without holding up the SIP thread. */
@FunctionalInterface
interface NameService {

    /** Exactly one of the two is called, on the SIP thread. */
    void lookUp(String host, Consumer<InetAddress> found, Runnable unknown);

    /** The system's: each look-up on a virtual thread of its own. */
    static NameService system(SipScheduler scheduler) {
        return (host, found, unknown) -> Thread.ofVirtual().name("sip-names").start(() -> {
            try {
                InetAddress first = InetAddress.getAllByName(host)[0];
                scheduler.execute(() -> found.accept(first));
            } catch (UnknownHostException e) {
                scheduler.execute(unknown);
            }
        });
    }
}
