package dev.trunkline.app.config;

import dev.trunkline.telephony.sip.transport.AddressRange;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What carries SIP, and whom it is taken from.
 *
 * @param tcp whether the SIP port takes connections too
 * @param tlsPort where connections with TLS are taken, if there is a certificate
 * @param certificate ours, in PEM; null for none
 * @param key of that certificate
 * @param authorities certificates to trust beside those of the Java platform; null for none
 * @param provenClients whether who connects with TLS has to show a certificate
 * @param backThroughRouters whether calls go back where they came from if the caller's own address can't be right
 * @param allowed who may call; empty for everybody
 * @param requestsPerSecond most requests of one address; 0 for no limit
 */
public record Signalling(
        boolean tcp,
        int tlsPort,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path authorities,
        boolean provenClients,
        boolean backThroughRouters,
        List<AddressRange> allowed,
        int requestsPerSecond) {

    /** What it is if nothing is set. */
    public static final Signalling STANDARD =
            new Signalling(true, 5_061, null, null, null, false, true, List.of(), 100);
}
