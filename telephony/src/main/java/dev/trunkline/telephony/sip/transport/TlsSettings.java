package dev.trunkline.telephony.sip.transport;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Certificates of an endpoint. Immutable.
 *
 * @param identity our certificate, if we have one; without it we can connect, but not listen
 * @param authorities certificates (PEM) that are trusted beside those of the Java platform
 * @param demandsCertificate whether who connects to us has to show a certificate that we trust
 */
public record TlsSettings(Optional<Identity> identity, Optional<Path> authorities, boolean demandsCertificate) {

    /** No certificate of our own, and the platform's authorities. */
    public static final TlsSettings PLATFORM = new TlsSettings(Optional.empty(), Optional.empty(), false);

    /**
     * A certificate and its key.
     *
     * @param certificate PEM, ours first, then those in between
     * @param key PEM, PKCS #8 without a password
     */
    public record Identity(Path certificate, Path key) {}

    /** With that certificate. */
    public static TlsSettings of(Path certificate, Path key) {
        return new TlsSettings(Optional.of(new Identity(certificate, key)), Optional.empty(), false);
    }

    /** With these authorities beside the platform's. */
    public TlsSettings trusting(Path more) {
        return new TlsSettings(identity, Optional.of(more), demandsCertificate);
    }

    /** Demanding a certificate of those who connect. */
    public TlsSettings demandingCertificate() {
        return new TlsSettings(identity, authorities, true);
    }
}
