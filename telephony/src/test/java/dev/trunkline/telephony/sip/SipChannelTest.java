package dev.trunkline.telephony.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.InterruptionPolicy;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two channels with media engines of their own, joined by the loopback interface: real SIP and real RTP. */
class SipChannelTest {

    private static final Duration RING = Duration.ofSeconds(20);

    private final List<Leg> received = new CopyOnWriteArrayList<>();
    private final List<LegEvent> calleeEvents = new CopyOnWriteArrayList<>();
    private final List<LegEvent> callerEvents = new CopyOnWriteArrayList<>();
    private volatile Consumer<Leg> treatment = Leg::answer;
    private MediaEngine calleeMedia;
    private MediaEngine callerMedia;
    private SipChannel callee;
    private SipChannel caller;

    @BeforeEach
    void start() throws Exception {
        calleeMedia = MediaEngine.start(
                MediaSettings.defaults()
                        .withPorts(23_000, 23_199)
                        .withShards(1)
                        .withMediaTimeout(Duration.ofMillis(800)),
                new EnergyVad());
        callerMedia = MediaEngine.start(
                MediaSettings.defaults().withPorts(23_200, 23_399).withShards(1), new EnergyVad());
        callee = SipChannel.start(SipSettings.loopback(), calleeMedia, leg -> {
            received.add(leg);
            leg.listen(calleeEvents::add);
            treatment.accept(leg);
        });
        caller = SipChannel.start(SipSettings.loopback(), callerMedia, leg -> leg.reject(RejectCause.NOT_FOUND, ""));
    }

    @AfterEach
    void stop() {
        callee.close();
        caller.close();
        calleeMedia.close();
        callerMedia.close();
    }

    private String address(String user) {
        return "sip:" + user + "@127.0.0.1:" + callee.localAddress().getPort();
    }

    private Leg dial(String user) {
        return caller.dial(address(user), "ann", RING, callerEvents::add);
    }

    private static boolean has(List<LegEvent> events, Class<? extends LegEvent> kind) {
        return events.stream().anyMatch(kind::isInstance);
    }

    private static LegEvent.Ended ended(List<LegEvent> events) {
        await().until(() -> has(events, LegEvent.Ended.class));
        return (LegEvent.Ended) events.getLast();
    }

    private void awaitAnswered() {
        await().until(() -> has(callerEvents, LegEvent.Answered.class) && has(calleeEvents, LegEvent.Answered.class));
    }

    private static AudioChunk tone(int milliseconds, int rate) {
        short[] samples = new short[milliseconds * rate / 1_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (8_000 * Math.sin(2 * Math.PI * 440 * i / rate));
        }
        return AudioChunk.ofPcm(samples, rate);
    }

    /** Plays a tone. */
    private static void play(Leg leg, int milliseconds) {
        leg.voice().begin(1, InterruptionPolicy.UNINTERRUPTIBLE);
        assertThat(leg.voice().play(1, tone(milliseconds, leg.voice().format().sampleRate())))
                .isTrue();
        leg.voice().finish(1);
    }

    /** Counts the milliseconds of loud sound that a leg hears. */
    private static AtomicLong loudness(Leg leg) {
        AtomicLong loud = new AtomicLong();
        int samplesPerMilli = leg.voice().format().sampleRate() / 1_000;
        leg.voice().hear((samples, offset, length, streamMillis) -> {
            long energy = 0;
            for (int i = offset; i < offset + length; i++) {
                energy += (long) samples[i] * samples[i];
            }
            if (energy / length > 1_000_000) {
                loud.addAndGet(length / samplesPerMilli);
            }
        });
        return loud;
    }

    @Test
    void bothSidesHearEachOtherUntilTheCallerHangsUp() {
        Leg out = dial("reception");
        awaitAnswered();
        Leg in = received.getFirst();
        assertThat(in.dialled()).isEqualTo("reception");
        assertThat(in.from().address()).startsWith("sip:ann@127.0.0.1");
        assertThat(in.id()).isEqualTo(out.id());
        AtomicLong heardByCaller = loudness(out);
        AtomicLong heardByCallee = loudness(in);
        play(in, 300);
        play(out, 300);
        await().until(() -> heardByCaller.get() >= 280 && heardByCallee.get() >= 280);
        await().until(() -> has(calleeEvents, LegEvent.PlaybackFinished.class));
        assertThat(in.ssrc()).isNotZero();
        out.hangUp(EndReason.OPERATOR);
        assertThat(ended(calleeEvents).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(ended(callerEvents).reason()).isEqualTo(EndReason.OPERATOR);
        assertThat(in.quality().packetsReceived()).isPositive();
        await().until(() -> calleeMedia.statistics().openSessions() == 0
                && callerMedia.statistics().openSessions() == 0);
    }

    @Test
    void keysArriveOnceEach() {
        Leg out = dial("reception");
        awaitAnswered();
        out.voice().sendDigits("4711#");
        await().until(() -> calleeEvents.stream()
                        .filter(LegEvent.DigitPressed.class::isInstance)
                        .count()
                == 5);
        assertThat(calleeEvents.stream()
                        .filter(LegEvent.DigitPressed.class::isInstance)
                        .map(event -> ((LegEvent.DigitPressed) event).digit())
                        .toList())
                .containsExactly('4', '7', '1', '1', '#');
    }

    @Test
    void aNumberThatNobodyHasIsNotFound() {
        treatment = leg -> leg.reject(RejectCause.NOT_FOUND, "no agent has this number");
        dial("nobody");
        LegEvent.Ended end = ended(callerEvents);
        assertThat(end.reason()).isEqualTo(EndReason.FAILED);
        assertThat(end.detail()).isEqualTo("404 Not Found: no agent has this number");
        assertThat(ended(calleeEvents).reason()).isEqualTo(EndReason.REFUSED);
        assertThat(calleeMedia.statistics().sessionsOpened()).isZero();
    }

    @Test
    void eachCauseHasItsCode() {
        record Case(RejectCause cause, String code, EndReason reason) {}
        for (Case each : List.of(
                new Case(RejectCause.BUSY, "486", EndReason.DECLINED),
                new Case(RejectCause.UNAVAILABLE, "503", EndReason.FAILED),
                new Case(RejectCause.DECLINED, "603", EndReason.DECLINED),
                new Case(RejectCause.FAILED, "500", EndReason.FAILED))) {
            callerEvents.clear();
            treatment = leg -> leg.reject(each.cause(), "");
            dial("reception");
            LegEvent.Ended end = ended(callerEvents);
            assertThat(end.detail()).startsWith(each.code());
            assertThat(end.reason()).isEqualTo(each.reason());
        }
    }

    @Test
    void aCallThatNobodyTakesEndsUnanswered() {
        treatment = Leg::ring;
        caller.dial(address("reception"), "ann", Duration.ofMillis(400), callerEvents::add);
        assertThat(ended(callerEvents).reason()).isEqualTo(EndReason.NO_ANSWER);
        assertThat(has(callerEvents, LegEvent.Ringing.class)).isTrue();
        assertThat(ended(calleeEvents).reason()).isEqualTo(EndReason.CANCELLED);
    }

    @Test
    void aCallOnWhichNothingIsHeardForTooLongIsEnded() {
        dial("reception");
        awaitAnswered();
        // The caller's machine dies without a word.
        callerMedia.close();
        assertThat(ended(calleeEvents).reason()).isEqualTo(EndReason.MEDIA_TIMEOUT);
        assertThat(ended(callerEvents).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void twoBridgedCallersHearEachOther() {
        Leg first = dial("reception");
        awaitAnswered();
        callerEvents.clear();
        calleeEvents.clear();
        Leg second = dial("reception");
        awaitAnswered();
        AtomicLong heard = loudness(second);
        received.get(0).voice().join(received.get(1).voice());
        play(first, 400);
        await().until(() -> heard.get() >= 300);
        received.get(0).voice().part();
    }

    @Test
    void aReceptionThatFailsIsA500AndTheNextCallIsTaken() {
        treatment = leg -> {
            throw new IllegalStateException("a bug");
        };
        dial("reception");
        assertThat(ended(callerEvents).detail()).startsWith("500");
        assertThat(ended(calleeEvents).reason()).isEqualTo(EndReason.FAILED);
        treatment = Leg::answer;
        callerEvents.clear();
        calleeEvents.clear();
        dial("reception");
        awaitAnswered();
    }

    @Test
    void aTargetThatIsNoAddressIsRefusedAtOnce() {
        assertThatThrownBy(() -> caller.dial("4711", "", RING, callerEvents::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4711");
        assertThatThrownBy(() -> caller.dial("tel:4711", "", RING, callerEvents::add))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whenTheRtpPortsAreUsedUpTheCallIsRefusedWithATimeToComeBack() throws Exception {
        MediaEngine tiny = MediaEngine.start(
                MediaSettings.defaults().withPorts(23_400, 23_401).withShards(1), new EnergyVad());
        try (SipChannel small = SipChannel.start(SipSettings.loopback(), tiny, Leg::answer)) {
            String target = "sip:x@127.0.0.1:" + small.localAddress().getPort();
            caller.dial(target, "", RING, callerEvents::add);
            await().until(() -> has(callerEvents, LegEvent.Answered.class));
            callerEvents.clear();
            caller.dial(target, "", RING, callerEvents::add);
            assertThat(ended(callerEvents).detail()).isEqualTo("503 Service Unavailable: no free RTP port");
        } finally {
            tiny.close();
        }
    }
}
