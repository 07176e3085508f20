package dev.trunkline.media.srtp;

/**
 * What is derived from a master key for sound or for reports (RFC 3711, 4.3, with a key derivation rate of 0), and what it
 * is used for. For one thread.
 */
final class SessionKeys {

    /** Key, authentication and salt of sound. */
    static final int SOUND = 0;
    /** The same of reports. */
    static final int REPORTS = 3;

    private static final int AUTHENTICATION_KEY = 20;

    private final CounterMode cipher;
    private final HmacSha1 authentication;
    private final byte[] salt;
    private final byte[] start = new byte[SrtpSuite.SALT];

    SessionKeys(SrtpKey master, int firstLabel) {
        int keyLength = master.suite().keyLength();
        cipher = new CounterMode(derive(master, firstLabel, keyLength));
        authentication = new HmacSha1(derive(master, firstLabel + 1, AUTHENTICATION_KEY));
        salt = derive(master, firstLabel + 2, SrtpSuite.SALT);
    }

    static byte[] derive(SrtpKey master, int label, int length) {
        byte[] start = master.salt();
        start[7] ^= (byte) label;
        byte[] key = new byte[length];
        new CounterMode(master.key()).apply(start, key, 0, length);
        return key;
    }

    HmacSha1 authentication() {
        return authentication;
    }

    /** Encrypts or decrypts in place; the index has 48 bits. */
    void apply(int ssrc, long index, byte[] data, int offset, int length) {
        System.arraycopy(salt, 0, start, 0, salt.length);
        for (int i = 0; i < 4; i++) {
            start[4 + i] ^= (byte) (ssrc >> 24 - 8 * i);
        }
        for (int i = 0; i < 6; i++) {
            start[8 + i] ^= (byte) (index >> 40 - 8 * i);
        }
        cipher.apply(start, data, offset, length);
    }

    /** Compares a tag in a time that does not depend on where they differ. */
    static boolean equal(byte[] tag, byte[] data, int offset, int length) {
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= tag[i] ^ data[offset + i];
        }
        return difference == 0;
    }
}
