package dev.trunkline.telephony.sip.transport;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What TLS connections are made with: TLS 1.2 and 1.3 of the Java platform. Who is called has to show a certificate for
 * the name (or address) that was asked for. Connections are made on the SIP thread; else thread-safe.
 */
public final class TlsContexts {

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final String CHECK_NAME = "HTTPS";

    /** Handshakes are arithmetic: they must not hold up the SIP thread. */
    private final ThreadPoolExecutor arithmetic = new ThreadPoolExecutor(
            1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DefaultThreadFactory("sip-tls", true));

    private final TlsSettings settings;
    private final @Nullable SslContext accepting;
    private @Nullable SslContext connecting;

    private TlsContexts(TlsSettings settings, @Nullable SslContext accepting) {
        this.settings = settings;
        this.accepting = accepting;
        arithmetic.allowCoreThreadTimeOut(true);
    }

    /**
     * Reads the files. Without any, nothing is read before the first connection is made.
     *
     * @throws CertificateFileException with the file and what is wrong with it
     */
    public static TlsContexts of(TlsSettings settings) throws CertificateFileException {
        TlsSettings.Identity identity = settings.identity().orElse(null);
        TlsContexts contexts = new TlsContexts(settings, identity == null ? null : accepting(settings, identity));
        if (identity != null || settings.authorities().isPresent()) {
            contexts.connecting = connecting(settings);
        }
        return contexts;
    }

    private static SslContext accepting(TlsSettings settings, TlsSettings.Identity identity)
            throws CertificateFileException {
        readable(identity.certificate());
        readable(identity.key());
        try {
            return SslContextBuilder.forServer(
                            identity.certificate().toFile(), identity.key().toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols(VERSIONS)
                    .trustManager(trust(settings.authorities().orElse(null)))
                    .clientAuth(settings.demandsCertificate() ? ClientAuth.REQUIRE : ClientAuth.NONE)
                    .build();
        } catch (IllegalArgumentException | SSLException e) {
            throw new CertificateFileException(
                    "the certificate or its key can't be used (" + e.getMessage()
                            + "); the key has to be PKCS #8 without" + " a password: openssl pkcs8 -topk8 -nocrypt -in "
                            + identity.key(),
                    e);
        }
    }

    private static SslContext connecting(TlsSettings settings) throws CertificateFileException {
        try {
            SslContextBuilder client = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .protocols(VERSIONS)
                    .trustManager(trust(settings.authorities().orElse(null)))
                    .endpointIdentificationAlgorithm(CHECK_NAME);
            settings.identity()
                    .ifPresent(identity -> client.keyManager(
                            identity.certificate().toFile(), identity.key().toFile()));
            return client.build();
        } catch (SSLException e) {
            throw new CertificateFileException("TLS: " + e.getMessage(), e);
        }
    }

    private static void readable(Path file) throws CertificateFileException {
        if (!Files.isReadable(file)) {
            throw new CertificateFileException("can't read " + file);
        }
    }

    private static TrustManager trust(@Nullable Path authorities) throws CertificateFileException {
        try {
            X509TrustManager platform = manager(null);
            if (authorities == null) {
                return platform;
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate known : platform.getAcceptedIssuers()) {
                store.setCertificateEntry("platform-" + number++, known);
            }
            for (Certificate more : read(authorities)) {
                store.setCertificateEntry("own-" + number++, more);
            }
            return manager(store);
        } catch (CertificateFileException e) {
            throw e;
        } catch (IOException | GeneralSecurityException e) {
            throw new CertificateFileException("certificates in " + authorities + ": " + e.getMessage(), e);
        }
    }

    private static List<Certificate> read(Path authorities) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(authorities)) {
            List<Certificate> found =
                    new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (found.isEmpty()) {
                throw new CertificateFileException("no certificate in " + authorities);
            }
            return found;
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("the platform has no X.509 trust");
    }

    /** True if others may connect to us: there is a certificate to show. */
    public boolean canAccept() {
        return accepting != null;
    }

    SslHandler accepting(Channel channel, Duration patience) {
        SslContext context = accepting;
        if (context == null) {
            throw new IllegalStateException("no certificate to show");
        }
        SslHandler handler = context.newHandler(channel.alloc(), arithmetic);
        handler.setHandshakeTimeoutMillis(patience.toMillis());
        return handler;
    }

    /**
     * For a connection to that target.
     *
     * @throws CertificateFileException if the platform's authorities can't be read
     */
    SslHandler connecting(Channel channel, InetSocketAddress target, Duration patience)
            throws CertificateFileException {
        SslContext context = connecting;
        if (context == null) {
            context = connecting(settings);
            connecting = context;
        }
        SslHandler handler = context.newHandler(channel.alloc(), target.getHostString(), target.getPort(), arithmetic);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(CHECK_NAME);
        handler.engine().setSSLParameters(parameters);
        handler.setHandshakeTimeoutMillis(patience.toMillis());
        return handler;
    }
}
