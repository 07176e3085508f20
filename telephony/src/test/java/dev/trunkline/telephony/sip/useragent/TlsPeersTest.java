package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transport.CertificateFileException;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.transport.TestCertificates;
import dev.trunkline.telephony.sip.transport.TlsSettings;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may speak TLS with whom. */
class TlsPeersTest {

    private final TestCertificates ours = TestCertificates.ofLoopback();
    private final TestCertificates others = TestCertificates.ofSomebodyElse();
    private final List<IncomingSipCall> incoming = new CopyOnWriteArrayList<>();
    private final List<SipCallEvent> heard = new CopyOnWriteArrayList<>();
    private final List<SipEndpoint> endpoints = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        endpoints.forEach(SipEndpoint::close);
    }

    private SipEndpoint start(TlsSettings tls) throws Exception {
        SipEndpoint endpoint = SipEndpoint.start(
                SipSettings.loopback().withTransports(TransportSettings.STANDARD.withTls(tls, 0)), call -> {
                    incoming.add(call);
                    call.reject(486);
                    return (same, event) -> {};
                });
        endpoints.add(endpoint);
        return endpoint;
    }

    private static int tlsPort(SipEndpoint endpoint) {
        return endpoint.listening().stream()
                .filter(hop -> hop.protocol() == TransportProtocol.TLS)
                .findFirst()
                .orElseThrow()
                .address()
                .getPort();
    }

    private int call(SipEndpoint caller, String target) {
        caller.call(
                CallRequest.to(SipUri.parse(target), NameAddress.parse("<sip:me@invalid>"), local -> RawPeer.sdp()),
                (call, event) -> heard.add(event));
        await().until(() -> heard.stream().anyMatch(SipCallEvent.Failed.class::isInstance));
        return ((SipCallEvent.Failed) heard.getLast()).status();
    }

    private String at(SipEndpoint callee, String host) {
        return "sip:bob@" + host + ":" + tlsPort(callee) + ";transport=tls";
    }

    @Test
    void whoTrustsTheCertificateAndFindsTheNameInItIsHeard() throws Exception {
        SipEndpoint callee = start(ours.settings());
        SipEndpoint caller = start(TlsSettings.PLATFORM.trusting(ours.certificate()));
        assertThat(call(caller, at(callee, "localhost"))).isEqualTo(486);
        assertThat(caller.listening()).noneMatch(hop -> hop.protocol() == TransportProtocol.TLS);
    }

    @Test
    void sipsIsTlsAndItsContactToo() throws Exception {
        SipEndpoint callee = start(ours.settings());
        SipEndpoint caller = start(ours.settings());
        assertThat(call(caller, "sips:bob@127.0.0.1:" + tlsPort(callee))).isEqualTo(486);
        assertThat(incoming.getFirst().invite().contact().uri().scheme()).isEqualTo("sips");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotSpokenTo() throws Exception {
        SipEndpoint callee = start(ours.settings());
        SipEndpoint caller = start(TlsSettings.PLATFORM);
        assertThat(call(caller, at(callee, "localhost"))).isNotEqualTo(486);
        assertThat(incoming).isEmpty();
        assertThat(caller.counters().get(Event.HANDSHAKE_FAILED)).isEqualTo(1);
    }

    @Test
    void aCertificateForAnotherNameIsNotSpokenTo() throws Exception {
        SipEndpoint callee = start(others.settings());
        SipEndpoint caller = start(TlsSettings.PLATFORM.trusting(others.certificate()));
        assertThat(call(caller, at(callee, "localhost"))).isNotEqualTo(486);
        assertThat(incoming).isEmpty();
        assertThat(caller.counters().get(Event.HANDSHAKE_FAILED)).isEqualTo(1);
    }

    @Test
    void whoHasToShowACertificateAndHasNone() throws Exception {
        SipEndpoint callee = start(ours.settings().demandingCertificate());
        SipEndpoint stranger = start(TlsSettings.PLATFORM.trusting(ours.certificate()));
        assertThat(call(stranger, at(callee, "localhost"))).isNotEqualTo(486);
        assertThat(incoming).isEmpty();
        heard.clear();
        SipEndpoint friend = start(ours.settings());
        assertThat(call(friend, at(callee, "localhost"))).isEqualTo(486);
    }

    @Test
    void plainTextOnTheTlsPortHarmsNobody() throws Exception {
        SipEndpoint callee = start(ours.settings());
        try (StreamClient client = StreamClient.to(callee.listening().getLast().address())) {
            client.write(client.options("plain"));
            assertThat(client.isClosedByPeer()).isTrue();
        }
        assertThat(call(start(ours.settings()), at(callee, "127.0.0.1"))).isEqualTo(486);
    }

    @Test
    void opensslSpeaksWithUsInBothVersions() throws Exception {
        SipEndpoint callee = start(ours.settings());
        for (String version : new String[] {"-tls1_2", "-tls1_3"}) {
            Path answer = folder.resolve("answer" + version);
            Process openssl = new ProcessBuilder(
                            "openssl",
                            "s_client",
                            "-quiet",
                            "-verify_return_error",
                            "-CAfile",
                            ours.certificate().toString(),
                            "-verify_hostname",
                            "localhost",
                            version,
                            "-connect",
                            "127.0.0.1:" + tlsPort(callee))
                    .redirectErrorStream(true)
                    .redirectOutput(answer.toFile())
                    .start();
            try {
                openssl.getOutputStream()
                        .write(("OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:9;branch=z9hG4bK"
                                        + version
                                        + "\r\nFrom: <sip:o@s>;tag=1\r\nTo: <sip:a@127.0.0.1>\r\nCall-ID: openssl\r\n"
                                        + "CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                openssl.getOutputStream().flush();
                await().until(() -> Files.readString(answer).contains("SIP/2.0 200 OK"));
            } finally {
                openssl.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void filesThatAreNoneAreNamed() throws Exception {
        Path nothing = folder.resolve("nothing.pem");
        assertThatThrownBy(() -> start(TlsSettings.of(nothing, nothing)))
                .isInstanceOf(CertificateFileException.class)
                .hasMessageContaining("nothing.pem");
        Path noKey = Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        assertThatThrownBy(() -> start(TlsSettings.of(ours.certificate(), noKey)))
                .isInstanceOf(CertificateFileException.class)
                .hasMessageContaining("PKCS #8");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> start(TlsSettings.PLATFORM.trusting(empty)))
                .isInstanceOf(CertificateFileException.class)
                .hasMessageContaining("empty.pem");
    }
}
