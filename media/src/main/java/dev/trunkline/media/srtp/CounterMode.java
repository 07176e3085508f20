package dev.trunkline.media.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in counter mode (RFC 3711, 4.1.1), made of single blocks: one cipher that is never initialised anew makes the key
 * stream of a whole packet in one call, so that nothing is allocated. For one thread.
 */
final class CounterMode {

    private static final int BLOCK = 16;
    private static final int LONGEST = 2_048;

    private final Cipher cipher;
    private final byte[] counters = new byte[LONGEST];
    private final byte[] stream = new byte[LONGEST];

    CounterMode(byte[] key) {
        try {
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    /**
     * Encrypts or decrypts in place.
     *
     * @param start 14 bytes of the first counter block; its last two count from zero
     */
    void apply(byte[] start, byte[] data, int offset, int length) {
        if (length > LONGEST) {
            throw new IllegalArgumentException("a packet of " + length + " bytes");
        }
        int blocks = (length + BLOCK - 1) / BLOCK;
        for (int i = 0; i < blocks; i++) {
            int at = i * BLOCK;
            System.arraycopy(start, 0, counters, at, SrtpSuite.SALT);
            counters[at + 14] = (byte) (i >> 8);
            counters[at + 15] = (byte) i;
        }
        try {
            cipher.update(counters, 0, blocks * BLOCK, stream, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < length; i++) {
            data[offset + i] ^= stream[i];
        }
    }
}
