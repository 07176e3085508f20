package dev.trunkline.telephony.sip.transport;

import java.io.IOException;

/** A file with a certificate or a key can't be read or used; the message names it. */
public final class CertificateFileException extends IOException {

    private static final long serialVersionUID = 1L;

    CertificateFileException(String message) {
        super(message);
    }

    CertificateFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
