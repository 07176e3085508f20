package dev.trunkline.acceptance.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A certificate for 127.0.0.1 that nobody but its owner vouches for, made by the JDK's keytool. */
final class Certificate {

    private static final String PASSWORD = "changeit";

    private Certificate() {}

    /** Makes a new one, in PEM. */
    static void write(Path certificate, Path key) {
        Path store = certificate.resolveSibling("store.p12");
        try {
            Files.createDirectories(certificate.getParent());
            Files.deleteIfExists(store);
            make(store);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            Files.writeString(
                    certificate, pem("CERTIFICATE", keys.getCertificate("peer").getEncoded()));
            Files.writeString(
                    key,
                    pem(
                            "PRIVATE KEY",
                            keys.getKey("peer", PASSWORD.toCharArray()).getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void make(Path store) {
        Program keytool = Program.start(
                "keytool",
                "a JDK",
                Program.folder("keytool"),
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "peer",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "3650",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-ext",
                        "bc:c=ca:true",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD));
        if (keytool.awaitEnd(Duration.ofSeconds(60)) != 0) {
            throw new AssertionError("keytool: " + keytool.output());
        }
        keytool.close();
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(bytes)
                + "\n-----END " + kind + "-----\n";
    }
}
