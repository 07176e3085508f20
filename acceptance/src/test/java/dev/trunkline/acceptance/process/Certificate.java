package dev.trunkline.acceptance.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A certificate for 127.0.0.1 that nobody but its owner vouches for, made by the JDK's keytool; one for all peers of a test run.
 * Files in PEM.
 *
 * @param certificate the certificate, which is its own authority
 * @param key its key
 * @param both one after the other
 */
public record Certificate(Path certificate, Path key, Path both) {

    private static final String PASSWORD = "changeit";
    private static final String ALIAS = "peer";

    private static final class Shared {
        private static final Certificate CERTIFICATE = make();
    }

    /** The one for all. */
    public static Certificate shared() {
        return Shared.CERTIFICATE;
    }

    private static Certificate make() {
        Path folder = Program.folder("certificate");
        Path store = folder.resolve("store.p12");
        keytool(folder, store);
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            String certificate = pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
            String key = pem(
                    "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
            return new Certificate(
                    Files.writeString(folder.resolve("certificate.pem"), certificate),
                    Files.writeString(folder.resolve("key.pem"), key),
                    Files.writeString(folder.resolve("both.pem"), certificate + key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path folder, Path store) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", ALIAS, "-keyalg", "RSA", "-keysize", "2048"));
        command.addAll(List.of("-validity", "3650", "-dname", "CN=127.0.0.1"));
        command.addAll(List.of("-ext", "san=ip:127.0.0.1,dns:localhost", "-ext", "bc:c=ca:true"));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        try (Program keytool = Program.start("keytool", "(part of the JDK)", folder, Map.of(), command)) {
            if (keytool.awaitEnd(Duration.ofSeconds(60)) != 0) {
                throw new AssertionError("keytool: " + keytool.output());
            }
        }
    }

    private static String pem(String kind, byte[] bytes) {
        byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, lineEnd).encodeToString(bytes)
                + "\n-----END " + kind + "-----\n";
    }
}
