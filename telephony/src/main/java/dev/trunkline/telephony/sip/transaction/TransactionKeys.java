package dev.trunkline.telephony.sip.transaction;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Keeps the keys of transactions short, whatever a peer puts into its headers. */
final class TransactionKeys {

    private static final int LONGEST = 200;

    private TransactionKeys() {}

    /** The key itself, or its digest if it is long. */
    static String bounded(String key) {
        if (key.length() <= LONGEST) {
            return key;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
