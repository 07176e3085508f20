package dev.trunkline.media.srtp;

import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * HMAC-SHA1 (RFC 2104) over parts of arrays. {@code javax.crypto.Mac} makes a new array for each result; this does not. For
 * one thread.
 */
final class HmacSha1 {

    /** Bytes of a full tag. */
    static final int LENGTH = 20;

    private static final int BLOCK = 64;

    private final MessageDigest sha1;
    private final byte[] inner = new byte[BLOCK];
    private final byte[] outer = new byte[BLOCK];
    private final byte[] tag = new byte[LENGTH];

    /** With a key of at most 64 bytes. */
    HmacSha1(byte[] key) {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
        for (int i = 0; i < BLOCK; i++) {
            int k = i < key.length ? key[i] : 0;
            inner[i] = (byte) (k ^ 0x36);
            outer[i] = (byte) (k ^ 0x5C);
        }
    }

    /** The tag of these bytes and of four more; it is overwritten by the next. */
    byte[] tag(byte[] data, int length, int more) {
        begin(data, length);
        sha1.update((byte) (more >> 24));
        sha1.update((byte) (more >> 16));
        sha1.update((byte) (more >> 8));
        sha1.update((byte) more);
        return end();
    }

    /** The tag of these bytes; it is overwritten by the next. */
    byte[] tag(byte[] data, int length) {
        begin(data, length);
        return end();
    }

    private void begin(byte[] data, int length) {
        sha1.update(inner, 0, BLOCK);
        sha1.update(data, 0, length);
    }

    private byte[] end() {
        try {
            sha1.digest(tag, 0, LENGTH);
            sha1.update(outer, 0, BLOCK);
            sha1.update(tag, 0, LENGTH);
            sha1.digest(tag, 0, LENGTH);
            return tag;
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }
}
