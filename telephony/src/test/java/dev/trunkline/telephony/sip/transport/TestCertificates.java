package dev.trunkline.telephony.sip.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Certificates made for the tests by the JDK's keytool, each signed by itself.
 *
 * @param certificate PEM
 * @param key PEM
 */
public record TestCertificates(Path certificate, Path key) {

    private static final Map<String, TestCertificates> MADE = new ConcurrentHashMap<>();
    private static final String PASSWORD = "changeit";

    /** For 127.0.0.1 and localhost. */
    public static TestCertificates ofLoopback() {
        return MADE.computeIfAbsent("ip:127.0.0.1,ip:0:0:0:0:0:0:0:1,dns:localhost", TestCertificates::make);
    }

    /** For a host that is not here. */
    public static TestCertificates ofSomebodyElse() {
        return MADE.computeIfAbsent("dns:elsewhere.example", TestCertificates::make);
    }

    /** These as the identity of an endpoint that trusts itself. */
    public TlsSettings settings() {
        return TlsSettings.of(certificate, key).trusting(certificate);
    }

    private static TestCertificates make(String names) {
        try {
            Path folder = Files.createTempDirectory("certificate");
            folder.toFile().deleteOnExit();
            Path store = folder.resolve("store.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "own",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=Trunkline test",
                            "-ext",
                            "SAN=" + names,
                            "-validity",
                            "2",
                            "-keystore",
                            store.toString(),
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
            if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new AssertionError(Files.readString(folder.resolve("output")));
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            Path certificate = pem(
                    folder,
                    "certificate.pem",
                    "CERTIFICATE",
                    keys.getCertificate("own").getEncoded());
            Path key = pem(
                    folder,
                    "key.pem",
                    "PRIVATE KEY",
                    keys.getKey("own", PASSWORD.toCharArray()).getEncoded());
            store.toFile().deleteOnExit();
            folder.resolve("output").toFile().deleteOnExit();
            return new TestCertificates(certificate, key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Path pem(Path folder, String name, String kind, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        file.toFile().deleteOnExit();
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }
}
