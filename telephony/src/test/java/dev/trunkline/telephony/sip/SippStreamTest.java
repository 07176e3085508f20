package dev.trunkline.telephony.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
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

/** The foreign telephone of {@link SippPeerTest}, by TCP: one connection for all, and one for each call. */
class SippStreamTest {

    private final List<LegEvent> events = new CopyOnWriteArrayList<>();
    private MediaEngine media;
    private SipChannel channel;

    @BeforeEach
    void start() throws Exception {
        media = MediaEngine.start(
                MediaSettings.defaults().withPorts(23_000, 23_999).withShards(1), new EnergyVad());
        channel = SipChannel.start(SipSettings.loopback(), media, leg -> {
            leg.listen(event -> events.add(event));
            if (leg.dialled().equals("rings")) {
                leg.ring();
            } else {
                leg.answer();
            }
        });
    }

    @AfterEach
    void stop() {
        channel.close();
        media.close();
    }

    private void run(String user, String scenario, String... more) throws Exception {
        try (Sipp sipp = Sipp.calling(channel.localAddress().getPort(), user, scenario, more)) {
            sipp.succeeds();
        }
    }

    private long count(Class<? extends LegEvent> kind) {
        return events.stream().filter(kind::isInstance).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"uac_call", "uac_hold", "uac_info"})
    void aCallerIsAnsweredAndHangsUp(String scenario) throws Exception {
        run("answer", scenario, "-t", "t1");
        await().until(() -> count(LegEvent.Ended.class) == 1);
        assertThat(((LegEvent.Ended) events.getLast()).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(channel.counters().get(Event.CONNECTION_ACCEPTED)).isEqualTo(1);
        assertThat(channel.counters().get(Event.CONNECTION_OPENED))
                .as("everything went by the caller's connection")
                .isZero();
    }

    @Test
    void aCallerWhoGivesUpWhileItRings() throws Exception {
        run("rings", "uac_cancel", "-t", "t1");
        await().until(() -> count(LegEvent.Ended.class) == 1);
        assertThat(((LegEvent.Ended) events.getLast()).reason()).isEqualTo(EndReason.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t1", "tn"})
    void manyCallers(String mode) throws Exception {
        run("answer", "uac_call", "-t", mode, "-m", "30", "-r", "30", "-max_socket", "100");
        assertThat(count(LegEvent.Answered.class)).isEqualTo(30);
        await().until(() -> channel.callCount() == 0 && channel.connections() == 0);
    }

    @Test
    void weCallAndHangUp() throws Exception {
        try (Sipp sipp = Sipp.waiting("uas_answer", "-t", "t1")) {
            Leg leg = channel.dial(
                    "sip:phone@127.0.0.1:" + sipp.port() + ";transport=tcp",
                    "ann",
                    Duration.ofSeconds(20),
                    events::add);
            await().until(() -> count(LegEvent.Answered.class) == 1);
            leg.hangUp(EndReason.AGENT_HUNG_UP);
            sipp.succeeds();
        }
    }
}
