package dev.trunkline.telephony.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.telephony.sip.digest.Credentials;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.registration.TrunkSettings;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel that asks callers for a password, and one that has it: real SIP on the loopback interface. */
class GateTest {

    private final List<LegEvent> events = new CopyOnWriteArrayList<>();
    private MediaEngine media;
    private SipChannel guarded;

    @BeforeEach
    void start() throws Exception {
        media = MediaEngine.start(
                MediaSettings.defaults().withPorts(23_400, 23_499).withShards(1), new EnergyVad());
        guarded = SipChannel.start(
                SipSettings.loopback(), SipAccounts.NONE.withUsers(Map.of("anna", "secret")), media, leg -> {
                    leg.listen(event -> {});
                    leg.answer();
                });
    }

    @AfterEach
    void stop() {
        guarded.close();
        media.close();
    }

    /** The guarded channel is this one's trunk. */
    private SipChannel caller(String user, String password) throws IOException {
        HostPort there = new HostPort("127.0.0.1", guarded.localAddress().getPort());
        return SipChannel.start(
                SipSettings.loopback(),
                SipAccounts.of(TrunkSettings.of("guarded", new Credentials(user, password), there)
                        .withoutRegistration()),
                media,
                leg -> leg.reject(RejectCause.NOT_FOUND, ""));
    }

    private LegEvent outcome() {
        await().until(() -> events.stream()
                .anyMatch(event -> event instanceof LegEvent.Answered || event instanceof LegEvent.Ended));
        return events.stream()
                .filter(event -> event instanceof LegEvent.Answered || event instanceof LegEvent.Ended)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoHasThePasswordIsLetIn() throws IOException {
        try (SipChannel caller = caller("anna", "secret")) {
            caller.dial("4930123", "", Duration.ofSeconds(20), events::add);
            assertThat(outcome()).isInstanceOf(LegEvent.Answered.class);
            assertThat(guarded.counters().get(Event.CHALLENGED)).isEqualTo(1);
            assertThat(guarded.counters().get(Event.WRONG_PASSWORD)).isZero();
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndCounted() throws IOException {
        try (SipChannel caller = caller("anna", "guess")) {
            caller.dial("4930123", "", Duration.ofSeconds(20), events::add);
            assertThat(outcome())
                    .isInstanceOfSatisfying(
                            LegEvent.Ended.class,
                            ended -> assertThat(ended.detail()).startsWith("401"));
            assertThat(guarded.counters().get(Event.WRONG_PASSWORD)).isEqualTo(1);
            assertThat(guarded.callCount()).isZero();
        }
    }

    @Test
    void whoHasNoPasswordIsRefused() throws IOException {
        try (SipChannel stranger = SipChannel.start(SipSettings.loopback(), media, leg -> {})) {
            stranger.dial(
                    "sip:reception@127.0.0.1:" + guarded.localAddress().getPort(),
                    "",
                    Duration.ofSeconds(20),
                    events::add);
            assertThat(outcome()).isInstanceOf(LegEvent.Ended.class);
        }
    }

    @Test
    void aNumberWithoutATrunkGoesNowhere() throws IOException {
        try (SipChannel stranger = SipChannel.start(SipSettings.loopback(), media, leg -> {})) {
            assertThatThrownBy(() -> stranger.dial("4930123", "", Duration.ofSeconds(1), events::add))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no trunk");
        }
    }
}
