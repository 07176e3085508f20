package dev.trunkline.telephony.sip.target;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/** Answers questions about names without holding up the SIP thread. SIP thread only. */
@FunctionalInterface
public interface NameService {

    /** The addresses of a host, at least one. Exactly one of the two is called, on the SIP thread. */
    void lookUp(String host, Consumer<List<InetAddress>> found, Runnable unknown);

    /**
     * The SRV records of a name, possibly none. Exactly one of the two is called, on the SIP thread.
     *
     * @param failed nobody could tell
     */
    default void services(String name, Consumer<List<ServiceRecord>> found, Runnable failed) {
        found.accept(List.of());
    }

    /** The NAPTR records of a domain, possibly none; see {@link #services}. */
    default void pointers(String domain, Consumer<List<PointerRecord>> found, Runnable failed) {
        found.accept(List.of());
    }
}
