package dev.trunkline.media.srtp;

import java.util.Optional;

/** Encryption and authentication of a stream (RFC 4568, 6.2; RFC 6188). */
public enum SrtpSuite {
    /** AES-128 in counter mode, a tag of 80 bits. */
    AES_CM_128_HMAC_SHA1_80(16, 10),
    /** AES-128 in counter mode, a tag of 32 bits on sound; on reports of 80. */
    AES_CM_128_HMAC_SHA1_32(16, 4),
    /** AES-256 in counter mode, a tag of 80 bits. */
    AES_256_CM_HMAC_SHA1_80(32, 10);

    /** Bytes of the salt. */
    static final int SALT = 14;

    /** Bytes of the tag on reports. */
    static final int REPORT_TAG = 10;

    private final int keyLength;
    private final int tagLength;

    SrtpSuite(int keyLength, int tagLength) {
        this.keyLength = keyLength;
        this.tagLength = tagLength;
    }

    /** The suite of that name in SDP. */
    public static Optional<SrtpSuite> named(String name) {
        for (SrtpSuite suite : values()) {
            if (suite.name().equals(name)) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    /** Bytes of the master key and of the encryption key. */
    int keyLength() {
        return keyLength;
    }

    /** Bytes of the tag on sound. */
    int tagLength() {
        return tagLength;
    }
}
