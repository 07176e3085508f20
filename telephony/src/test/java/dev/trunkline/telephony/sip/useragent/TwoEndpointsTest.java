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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two real endpoints on the loopback interface. */
class TwoEndpointsTest {

    private final List<SipCallEvent> heardByCallee = new CopyOnWriteArrayList<>();
    private final List<SipCallEvent> heardByCaller = new CopyOnWriteArrayList<>();
    private final AtomicReference<IncomingSipCall> incoming = new AtomicReference<>();
    private SipEndpoint callee;
    private SipEndpoint caller;

    @BeforeEach
    void start() throws Exception {
        callee = SipEndpoint.start(SipSettings.loopback(), call -> {
            incoming.set(call);
            return (same, event) -> heardByCallee.add(event);
        });
        caller = SipEndpoint.start(SipSettings.loopback(), call -> {
            call.reject(486);
            return (same, event) -> {};
        });
    }

    @AfterEach
    void stop() {
        callee.close();
        caller.close();
    }

    private SipUri reception() {
        return SipUri.of(
                "reception", new HostPort("127.0.0.1", callee.localAddress().getPort()));
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
        SipUri target =
                SipUri.parse("sip:reception@localhost:" + callee.localAddress().getPort());
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
                                java.util.Objects.requireNonNull(incoming.get().offer()),
                                LocalAudio.g711(incoming.get().localAddress(), 42_000))
                        .sdp());
        await().until(() -> has(heardByCaller, SipCallEvent.Answered.class));
        call.sendInfoDigit('#', Duration.ofMillis(200));
        await().until(() -> heardByCallee.contains(new SipCallEvent.InfoDigit('#', Duration.ofMillis(200))));
    }
}
