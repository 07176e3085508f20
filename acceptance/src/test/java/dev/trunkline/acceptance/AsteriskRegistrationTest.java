package dev.trunkline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.peer.Asterisk;
import dev.trunkline.acceptance.table.Behaviour;
import dev.trunkline.acceptance.table.Cell;
import dev.trunkline.acceptance.table.Peer;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.telephony.sip.SipAccounts;
import dev.trunkline.telephony.sip.SipChannel;
import dev.trunkline.telephony.sip.digest.Credentials;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.registration.PeerStatus;
import dev.trunkline.telephony.sip.registration.RegistrationStatus;
import dev.trunkline.telephony.sip.registration.RegistrationStatus.State;
import dev.trunkline.telephony.sip.registration.TrunkSettings;
import dev.trunkline.telephony.sip.registration.TrunkTimers;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import dev.trunkline.telephony.sip.useragent.TransportSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our SIP channel, without the rest of the server, registers with a real Asterisk. */
class AsteriskRegistrationTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** As usual, but a minute is two seconds. */
    private static final TrunkTimers QUICK = new TrunkTimers(300, 3, 1_000, 4_000, 60_000, 1_000, 2_000, 5_000);

    private static Asterisk asterisk;
    private static MediaEngine media;

    private final List<Leg> came = new CopyOnWriteArrayList<>();
    private final List<LegEvent> events = new CopyOnWriteArrayList<>();
    private SipChannel channel;

    @BeforeAll
    static void start() {
        asterisk = Asterisk.start(Map.of("NONCE_SECONDS", "2"));
        media = MediaEngine.start(
                MediaSettings.defaults().withPorts(46_000, 46_099).withShards(1), new EnergyVad());
    }

    @AfterAll
    static void stop() {
        media.close();
        asterisk.close();
    }

    @AfterEach
    void close() {
        if (channel != null) {
            channel.close();
        }
    }

    private static TrunkSettings trunk(String user, String password) {
        return TrunkSettings.of(
                        "asterisk", new Credentials(user, password), HostPort.parse("127.0.0.1:" + asterisk.sipPort()))
                .withExpires(Duration.ofSeconds(60));
    }

    private void open(TrunkSettings trunk) throws IOException {
        channel = SipChannel.start(
                SipSettings.loopback().withTransports(TransportSettings.STANDARD),
                SipAccounts.of(trunk).withTimers(QUICK),
                media,
                leg -> {
                    came.add(leg);
                    leg.listen(events::add);
                    leg.answer();
                });
    }

    private RegistrationStatus registration() {
        return channel.trunks().getFirst().registration();
    }

    private void awaitState(State state) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(registration().state())
                        .as(registration() + "\n" + asterisk.tail())
                        .isEqualTo(state));
    }

    private boolean has(Class<? extends LegEvent> kind) {
        return events.stream().anyMatch(kind::isInstance);
    }

    private static String contacts() {
        return asterisk.cli("pjsip show contacts");
    }

    @Test
    void anAccountIsRegisteredCalledAndTakenBack() throws IOException {
        open(trunk("agent", Asterisk.PASSWORD));
        awaitState(State.REGISTERED);
        assertThat(contacts())
                .contains("agent/sip:agent@127.0.0.1:" + channel.localAddress().getPort());

        Asterisk.Call.Placed call = asterisk.calls("PJSIP/agent").place("question");
        await().atMost(SOON).until(() -> has(LegEvent.Answered.class));
        assertThat(came.getFirst().trunk()).isEqualTo("asterisk");
        call.hangUp();
        await().atMost(SOON).until(() -> has(LegEvent.Ended.class));

        channel.close();
        channel = null;
        assertThat(contacts()).doesNotContain("agent/sip:agent@");
    }

    @Test
    void sha256IsAnsweredToo() throws IOException {
        open(trunk("agent256", Asterisk.PASSWORD));
        awaitState(State.REGISTERED);
    }

    @Test
    @Cell(peer = Peer.ASTERISK_REGISTRAR, shows = Behaviour.TCP)
    void tcpCarriesItToo() throws IOException {
        open(trunk("agent", Asterisk.PASSWORD).withTransport(TransportProtocol.TCP));
        awaitState(State.REGISTERED);
        Asterisk.Call.Placed call = asterisk.calls("PJSIP/agent").place("question");
        await().atMost(SOON).until(() -> has(LegEvent.Answered.class));
        call.hangUp();
    }

    @Test
    void aWrongPasswordIsTriedOnce() throws IOException {
        open(trunk("agent", "battery staple"));
        awaitState(State.REFUSED);
        assertThat(registration().failure()).isEqualTo("401 wrong user or password");
        assertThat(registration().until()).isNull();
        assertThat(registration().nextTry()).isAfter(Instant.now().plusSeconds(20));
        assertThat(contacts()).doesNotContain("agent/sip:agent@");
    }

    @Test
    void anExpiredNonceIsNoFailure() throws IOException {
        open(trunk("agent", Asterisk.PASSWORD).withExpires(Duration.ofSeconds(6)));
        awaitState(State.REGISTERED);
        Instant first = registration().until();
        // the nonce is good for 2 s, the refresh comes after 3 at least
        await().atMost(SOON).until(() -> registration().until().isAfter(first));
        assertThat(registration().state()).isEqualTo(State.REGISTERED);
        assertThat(registration().failures()).isZero();
        assertThat(asterisk.log()).doesNotContain("Failed to authenticate");
    }

    @Test
    void aRegistrarThatComesBackIsFound() throws IOException {
        open(trunk("agent", Asterisk.PASSWORD).withExpires(Duration.ofSeconds(6)));
        awaitState(State.REGISTERED);
        asterisk.stop();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !channel.trunks().getFirst().isUp(Instant.now()));
        asterisk.startAgain();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> channel.trunks().getFirst().isUp(Instant.now()));
        assertThat(contacts())
                .contains("agent/sip:agent@127.0.0.1:" + channel.localAddress().getPort());
    }

    @Test
    void anOutboundCallProvesWhoWeAre() throws IOException {
        open(trunk("agent", Asterisk.PASSWORD).withNumber("+4930555", TrunkSettings.Identity.ASSERTED));
        awaitState(State.REGISTERED);
        Leg leg = channel.dial("+49 30 123456", "", SOON, events::add);
        await().atMost(SOON).until(() -> has(LegEvent.Answered.class));
        leg.hangUp(EndReason.AGENT_HUNG_UP);
        await().atMost(SOON).until(() -> has(LegEvent.Ended.class));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(asterisk.cli("core show channels")).contains("0 active channels"));
    }

    @Test
    void theTrunkAnswersOptions() throws IOException {
        open(trunk("agent", Asterisk.PASSWORD));
        await().atMost(SOON).until(() -> channel.trunks().getFirst().peer() == PeerStatus.UP);
    }
}
