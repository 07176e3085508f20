package dev.trunkline.telephony.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.core.line.TransferFailure;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A foreign telephone calls us and is called by us: signalling and session descriptions as others understand them. */
class SippPeerTest {

    private final List<LegEvent> events = new CopyOnWriteArrayList<>();
    private MediaEngine media;
    private SipChannel channel;

    @BeforeEach
    void start() throws Exception {
        media = MediaEngine.start(
                MediaSettings.defaults().withPorts(24_000, 24_999).withShards(1), new EnergyVad());
        channel = SipChannel.start(SipSettings.loopback(), media, this::receive);
    }

    @AfterEach
    void stop() {
        channel.close();
        media.close();
    }

    private void receive(Leg leg) {
        leg.listen(event -> {
            events.add(event);
            if (event instanceof LegEvent.Answered && leg.dialled().equals("hangsup")) {
                leg.hangUp(EndReason.AGENT_HUNG_UP);
            }
        });
        switch (leg.dialled()) {
            case "rings" -> leg.ring();
            case "early" -> {
                leg.openEarlyVoice();
                leg.answer();
            }
            case "nobody" -> leg.reject(RejectCause.NOT_FOUND, "no agent has this number");
            default -> leg.answer();
        }
    }

    private int port() {
        return channel.localAddress().getPort();
    }

    private void run(String user, String scenario) throws Exception {
        try (Sipp sipp = Sipp.calling(port(), user, scenario)) {
            sipp.succeeds();
        }
    }

    private EndReason ended() {
        await().until(() -> events.stream().anyMatch(LegEvent.Ended.class::isInstance));
        return ((LegEvent.Ended) events.getLast()).reason();
    }

    private long count(Class<? extends LegEvent> kind) {
        return events.stream().filter(kind::isInstance).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"uac_call", "uac_offerless"})
    void aCallerIsAnsweredAndHangsUp(String scenario) throws Exception {
        run("answer", scenario);
        assertThat(ended()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(count(LegEvent.Answered.class)).isEqualTo(1);
        await().until(() -> media.statistics().openSessions() == 0);
    }

    @Test
    void aCallerWhoGivesUpWhileItRings() throws Exception {
        run("rings", "uac_cancel");
        assertThat(ended()).isEqualTo(EndReason.CANCELLED);
    }

    @Test
    void aCallerHoldsAndTakesTheCallBack() throws Exception {
        run("answer", "uac_hold");
        assertThat(ended()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(count(LegEvent.Held.class)).isEqualTo(2);
        assertThat(count(LegEvent.Retrieved.class)).isEqualTo(2);
    }

    @Test
    void aProxyAsksWhetherWeLive() throws Exception {
        run("answer", "uac_options");
        assertThat(events).isEmpty();
    }

    @Test
    void digitsByInfo() throws Exception {
        run("answer", "uac_info");
        assertThat(ended()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(events.stream()
                        .filter(LegEvent.DigitPressed.class::isInstance)
                        .map(event -> ((LegEvent.DigitPressed) event).digit())
                        .toList())
                .containsExactly('5', '#');
    }

    @Test
    void ourByeTakesTheRecordedRoute() throws Exception {
        run("hangsup", "uac_record_route");
        assertThat(ended()).isEqualTo(EndReason.AGENT_HUNG_UP);
    }

    @Test
    void aNumberThatNobodyHas() throws Exception {
        run("nobody", "uac_not_found");
        assertThat(ended()).isEqualTo(EndReason.REFUSED);
    }

    @Test
    void aCallerWithoutACommonCodec() throws Exception {
        run("answer", "uac_no_codec");
        assertThat(events).isEmpty();
        assertThat(channel.callCount()).isZero();
    }

    @Test
    void aCallerWhoseAckIsLate() throws Exception {
        run("answer", "uac_lost_ack");
        assertThat(ended()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(channel.counters().get(Event.RETRANSMITTED)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void sixtyCallersWithinASecond() throws Exception {
        try (Sipp sipp = Sipp.calling(port(), "answer", "uac_call", "-m", "60", "-r", "60")) {
            sipp.succeeds();
        }
        assertThat(count(LegEvent.Answered.class)).isEqualTo(60);
        await().until(() -> channel.callCount() == 0 && media.statistics().openSessions() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uac_refresh", "uac_refers", "uac_changes"})
    void aCallerRefreshesTheCallOrChangesItOrSendsUsElsewhereInVain(String scenario) throws Exception {
        run("answer", scenario);
        assertThat(ended()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void aCallerWithTooShortASessionInterval() throws Exception {
        run("answer", "uac_short_interval");
        assertThat(events).isEmpty();
    }

    @Test
    void aCallerWhoConfirmsEarlyMedia() throws Exception {
        run("early", "uac_reliable");
        assertThat(ended()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(count(LegEvent.Answered.class)).isEqualTo(1);
    }

    // ---- we call

    @Test
    void theCalledSideGoesWhereWeSendIt() throws Exception {
        try (Sipp sipp = Sipp.waiting("uas_referred")) {
            Leg leg = dial(sipp, Duration.ofSeconds(20));
            await().until(() -> count(LegEvent.Answered.class) == 1);
            leg.transfer("sip:person@192.0.2.9");
            sipp.succeeds();
            assertThat(ended()).isEqualTo(EndReason.TRANSFERRED);
            assertThat(events.stream().filter(LegEvent.TransferProgress.class::isInstance))
                    .extracting(event -> ((LegEvent.TransferProgress) event).ringing())
                    .containsExactly(false, true);
            assertThat(count(LegEvent.Transferred.class)).isEqualTo(1);
        }
    }

    @Test
    void theCalledSideDoesNoTransfers() throws Exception {
        try (Sipp sipp = Sipp.waiting("uas_refers_not")) {
            Leg leg = dial(sipp, Duration.ofSeconds(20));
            await().until(() -> count(LegEvent.Answered.class) == 1);
            leg.transfer("sip:person@192.0.2.9");
            await().until(() -> count(LegEvent.TransferRefused.class) == 1);
            leg.hangUp(EndReason.AGENT_HUNG_UP);
            sipp.succeeds();
            assertThat(events.stream()
                            .filter(LegEvent.TransferRefused.class::isInstance)
                            .map(event -> ((LegEvent.TransferRefused) event).failure()))
                    .containsExactly(TransferFailure.UNSUPPORTED);
        }
    }

    private Leg dial(Sipp sipp, Duration patience) {
        return channel.dial("sip:phone@127.0.0.1:" + sipp.port(), "ann", patience, events::add);
    }

    @Test
    void weAreAnsweredAndHangUp() throws Exception {
        try (Sipp sipp = Sipp.waiting("uas_answer")) {
            Leg leg = dial(sipp, Duration.ofSeconds(20));
            await().until(() -> count(LegEvent.Answered.class) == 1);
            assertThat(count(LegEvent.Ringing.class)).isEqualTo(1);
            leg.hangUp(EndReason.AGENT_HUNG_UP);
            sipp.succeeds();
            assertThat(ended()).isEqualTo(EndReason.AGENT_HUNG_UP);
        }
    }

    @Test
    void theCalledSideHoldsAndHangsUp() throws Exception {
        try (Sipp sipp = Sipp.waiting("uas_hangs_up")) {
            dial(sipp, Duration.ofSeconds(20));
            sipp.succeeds();
            assertThat(ended()).isEqualTo(EndReason.CALLER_HUNG_UP);
            assertThat(count(LegEvent.Held.class)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uas_busy", "uas_decline"})
    void theCalledSideDoesNotWantUs(String scenario) throws Exception {
        try (Sipp sipp = Sipp.waiting(scenario)) {
            dial(sipp, Duration.ofSeconds(20));
            sipp.succeeds();
            assertThat(ended()).isEqualTo(EndReason.DECLINED);
        }
    }

    @Test
    void nobodyAnswersAndWeGiveUp() throws Exception {
        try (Sipp sipp = Sipp.waiting("uas_no_answer")) {
            dial(sipp, Duration.ofSeconds(2));
            sipp.succeeds();
            assertThat(ended()).isEqualTo(EndReason.NO_ANSWER);
            assertThat(count(LegEvent.Ringing.class)).isEqualTo(1);
        }
    }
}
