package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.sdp.LocalAudio;
import dev.trunkline.telephony.sip.sdp.OfferAnswer;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.transport.PortInUseException;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.transport.TestCertificates;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two real endpoints on the loopback interface: the same on every transport. */
@ParameterizedClass
@EnumSource(TransportProtocol.class)
class TwoEndpointsTest {

    @Parameter
    TransportProtocol protocol;

    private final List<SipCallEvent> heardByCallee = new CopyOnWriteArrayList<>();
    private final List<SipCallEvent> heardByCaller = new CopyOnWriteArrayList<>();
    private final AtomicReference<IncomingSipCall> incoming = new AtomicReference<>();
    private SipEndpoint callee;
    private SipEndpoint caller;

    @BeforeEach
    void start() throws Exception {
        callee = SipEndpoint.start(settings(), call -> {
            incoming.set(call);
            return (same, event) -> heardByCallee.add(event);
        });
        caller = SipEndpoint.start(settings(), call -> {
            call.reject(486);
            return (same, event) -> {};
        });
    }

    @AfterEach
    void stop() {
        callee.close();
        caller.close();
    }

    private SipSettings settings() {
        return SipSettings.loopback()
                .withTransports(
                        protocol == TransportProtocol.TLS
                                ? TransportSettings.STANDARD.withTls(
                                        TestCertificates.ofLoopback().settings(), 0)
                                : TransportSettings.STANDARD);
    }

    private SipUri reception() {
        return at("127.0.0.1");
    }

    private SipUri at(String host) {
        return SipUri.of("reception", new HostPort(host, port()))
                .withParameter("transport", protocol.name().toLowerCase(Locale.ROOT));
    }

    private int port() {
        return callee.listening().stream()
                .filter(hop -> hop.protocol() == protocol)
                .findFirst()
                .orElseThrow()
                .address()
                .getPort();
    }

    /** Where the two speak only by the transport that was asked for. */
    private void onlyThatTransportWasUsed() {
        int connections = protocol.isReliable() ? 1 : 0;
        assertThat(callee.connections()).isEqualTo(connections);
        assertThat(caller.connections()).isEqualTo(connections);
        assertThat(incoming.get().invite().topVia().transport()).isEqualTo(protocol.name());
    }

    private OutgoingSipCall place() {
        NameAddress from = NameAddress.of(SipUri.parse("sip:ann@invalid"));
        return caller.call(
                CallRequest.to(reception(), from, local -> new OfferAnswer(1).offer(LocalAudio.g711(local, 40_000))),
                (call, event) -> heardByCaller.add(event));
    }

    private static <T> boolean has(List<SipCallEvent> events, Class<T> kind) {
        return events.stream().anyMatch(kind::isInstance);
    }

    @Test
    void aCallIsPlacedRungAnsweredAndHungUpByTheCallee() throws Exception {
        place();
        await().until(() -> incoming.get() != null);
        IncomingSipCall call = incoming.get();
        assertThat(call.dialled()).isEqualTo("reception");
        assertThat(call.localAddress()).isEqualTo(InetAddress.getLoopbackAddress());
        call.ring();
        await().until(() -> has(heardByCaller, SipCallEvent.Ringing.class));
        Sdp offer = call.offer();
        assertThat(offer).isNotNull();
        call.answer(new OfferAnswer(2)
                .answer(offer, LocalAudio.g711(call.localAddress(), 42_000))
                .sdp());
        await().until(() -> has(heardByCallee, SipCallEvent.Acked.class));
        assertThat(has(heardByCaller, SipCallEvent.Answered.class)).isTrue();
        assertThat(callee.callCount()).isEqualTo(1);
        call.hangUp(CallCause.NORMAL);
        await().until(() -> has(heardByCaller, SipCallEvent.HungUp.class));
        await().until(() -> callee.callCount() == 0 && caller.callCount() == 0);
        onlyThatTransportWasUsed();
        assertThat(caller.counters().get(Event.RETRANSMITTED)).isZero();
    }

    @Test
    void contactsTellTheTransport() {
        place();
        await().until(() -> incoming.get() != null);
        NameAddress contact = Objects.requireNonNull(incoming.get().invite().contact());
        assertThat(contact.uri().parameters().get("transport"))
                .isEqualTo(
                        switch (protocol) {
                            case UDP -> null;
                            case TCP -> "tcp";
                            case TLS -> "tls";
                        });
    }

    @Test
    void aRenegotiationOfTheCalleeGoesTheSameWay() throws Exception {
        answered();
        incoming.get().reinvite(Objects.requireNonNull(RawPeer.sdp("sendonly")));
        await().until(() -> has(heardByCaller, SipCallEvent.OfferReceived.class));
        onlyThatTransportWasUsed();
    }

    private OutgoingSipCall answered() throws Exception {
        OutgoingSipCall call = place();
        await().until(() -> incoming.get() != null);
        incoming.get().answer(RawPeer.sdp());
        await().until(() -> has(heardByCaller, SipCallEvent.Answered.class));
        await().until(() -> has(heardByCallee, SipCallEvent.Acked.class));
        return call;
    }

    @Test
    void manyCallsAtOnceShareOneConnection() {
        for (int i = 0; i < 30; i++) {
            place();
        }
        await().until(() -> callee.callCount() == 30);
        onlyThatTransportWasUsed();
    }

    @Test
    void aCallThatIsTakenBackIsCancelledOnBothSides() {
        OutgoingSipCall call = place();
        await().until(() -> incoming.get() != null);
        incoming.get().ring();
        await().until(() -> has(heardByCaller, SipCallEvent.Ringing.class));
        call.cancel();
        await().until(() -> has(heardByCaller, SipCallEvent.Cancelled.class));
        assertThat(has(heardByCallee, SipCallEvent.Cancelled.class)).isTrue();
    }

    @Test
    void aHostNameIsLookedUp() {
        NameAddress from = NameAddress.of(SipUri.parse("sip:ann@invalid"));
        SipUri target = at("localhost");
        caller.call(
                CallRequest.to(target, from, local -> new OfferAnswer(1).offer(LocalAudio.g711(local, 40_000))),
                (call, event) -> heardByCaller.add(event));
        await().until(() -> incoming.get() != null);
    }

    @Test
    void aDrainingEndpointSendsCallersElsewhere() {
        callee.draining(true);
        place();
        await().until(() -> has(heardByCaller, SipCallEvent.Failed.class));
        SipCallEvent.Failed failed = (SipCallEvent.Failed) heardByCaller.getLast();
        assertThat(failed.status()).isEqualTo(503);
        assertThat(incoming.get()).isNull();
        assertThat(callee.counters().get(Event.REFUSED_DRAINING)).isEqualTo(1);
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        InetSocketAddress taken = callee.localAddress();
        assertThatThrownBy(() -> SipEndpoint.start(SipSettings.on(taken), call -> (same, event) -> {}))
                .isInstanceOfSatisfying(
                        PortInUseException.class, e -> assertThat(e.port()).isEqualTo(taken.getPort()))
                .hasMessageContaining("UDP port " + taken.getPort());
    }

    @Test
    void anEndpointOnAllInterfacesTellsThePeerAnAddressThatItCanReach() throws Exception {
        try (SipEndpoint everywhere =
                SipEndpoint.start(SipSettings.on(new InetSocketAddress("0.0.0.0", 0)), call -> (same, event) -> {})) {
            assertThat(everywhere.localAddressTowards(InetAddress.getByName("127.0.0.1")))
                    .isEqualTo(InetAddress.getByName("127.0.0.1"));
        }
    }

    @Test
    void digitsByInfoArrive() throws Exception {
        OutgoingSipCall call = place();
        await().until(() -> incoming.get() != null);
        incoming.get()
                .answer(new OfferAnswer(2)
                        .answer(
                                Objects.requireNonNull(incoming.get().offer()),
                                LocalAudio.g711(incoming.get().localAddress(), 42_000))
                        .sdp());
        await().until(() -> has(heardByCaller, SipCallEvent.Answered.class));
        call.sendInfoDigit('#', Duration.ofMillis(200));
        await().until(() -> heardByCallee.contains(new SipCallEvent.InfoDigit('#', Duration.ofMillis(200))));
    }
}
