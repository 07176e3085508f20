package dev.trunkline.telephony.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.InterruptionPolicy;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.core.line.TransferFailure;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.telephony.sip.useragent.SessionTimerSettings;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three channels with media engines of their own on the loopback interface: a caller, us, and a person. */
class SipTransferTest {

    /** One of the three, and what happens to its legs. */
    private static final class Side {

        private final List<Leg> legs = new CopyOnWriteArrayList<>();
        private final List<LegEvent> events = new CopyOnWriteArrayList<>();
        private final MediaEngine media;
        private SipChannel channel;
        private volatile Consumer<Leg> treatment = Leg::answer;
        private long generation;
        private boolean closed;

        Side(int port) {
            media = MediaEngine.start(
                    MediaSettings.defaults().withPorts(port, port + 49).withShards(1), new EnergyVad());
        }

        void start(SipSettings settings) throws Exception {
            channel = SipChannel.start(settings, media, leg -> {
                legs.add(leg);
                leg.listen(events::add);
                treatment.accept(leg);
            });
        }

        String address(String user) {
            return "sip:" + user + "@127.0.0.1:" + channel.localAddress().getPort();
        }

        Leg dial(Side other, String user) {
            return channel.dial(other.address(user), "ann", Duration.ofSeconds(20), events::add);
        }

        void allows(String... patterns) {
            channel.transferPolicy(TransferPolicy.to(List.of(patterns)));
        }

        <T extends LegEvent> T awaits(Class<T> kind) {
            await().until(() -> events.stream().anyMatch(kind::isInstance));
            return kind.cast(
                    events.stream().filter(kind::isInstance).findFirst().orElseThrow());
        }

        boolean has(Class<? extends LegEvent> kind) {
            return events.stream().anyMatch(kind::isInstance);
        }

        void says(Leg leg, int milliseconds) {
            int rate = leg.voice().format().sampleRate();
            short[] samples = new short[milliseconds * rate / 1_000];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (short) (8_000 * Math.sin(2 * Math.PI * 440 * i / rate));
            }
            generation++;
            leg.voice().begin(generation, InterruptionPolicy.UNINTERRUPTIBLE);
            assertThat(leg.voice().play(generation, AudioChunk.ofPcm(samples, rate)))
                    .isTrue();
            leg.voice().finish(generation);
        }

        void close() {
            if (!closed) {
                closed = true;
                channel.close();
            }
            media.close();
        }
    }

    private final Side caller = new Side(25_000);
    private final Side us = new Side(25_050);
    private final Side person = new Side(25_100);

    @BeforeEach
    void start() throws Exception {
        start(SipSettings.loopback());
    }

    private void start(SipSettings settings) throws Exception {
        caller.start(settings);
        us.start(settings);
        person.start(settings);
    }

    @AfterEach
    void stop() {
        caller.close();
        us.close();
        person.close();
    }

    /** Milliseconds of loud sound that a leg hears from now on. */
    private static AtomicLong loudness(Leg leg) {
        AtomicLong loud = new AtomicLong();
        leg.voice().hear((samples, offset, length, streamMillis) -> {
            long energy = 0;
            for (int i = offset; i < offset + length; i++) {
                energy += (long) samples[i] * samples[i];
            }
            if (energy / length > 1_000_000) {
                loud.addAndGet(20);
            }
        });
        return loud;
    }

    private Leg out;
    private Leg in;

    private void called() {
        out = caller.dial(us, "reception");
        caller.awaits(LegEvent.Answered.class);
        us.awaits(LegEvent.Answered.class);
        in = us.legs.getFirst();
        us.events.clear();
        caller.events.clear();
    }

    private void hears(Side speaker, Leg mouth, AtomicLong ear) {
        long before = ear.get();
        speaker.says(mouth, 400);
        await().until(() -> ear.get() - before >= 300);
    }

    // ---- hold

    @Test
    void aCallerOnHoldHearsWhatWePlayAndIsNotHeardUntilWeTakeThemBack() {
        called();
        AtomicLong callerEar = loudness(out);
        AtomicLong ourEar = loudness(in);
        in.hold();
        us.awaits(LegEvent.HoldTaken.class);
        caller.awaits(LegEvent.Held.class);
        hears(us, in, callerEar);
        long before = ourEar.get();
        caller.says(out, 400);
        in.unhold();
        us.awaits(LegEvent.HoldEnded.class);
        caller.awaits(LegEvent.Retrieved.class);
        assertThat(ourEar.get() - before).isLessThanOrEqualTo(400);
        hears(caller, out, ourEar);
        hears(us, in, callerEar);
        assertThat(us.has(LegEvent.HoldRefused.class)).isFalse();
    }

    // ---- blind

    @Test
    void aCallerWeSendToAPersonTalksWithThemAndHasLeftUs() {
        caller.allows("person@127.0.0.1");
        called();
        AtomicLong callerEar = loudness(out);
        assertThat(in.canTransfer()).isTrue();
        in.transfer(person.address("person"));
        us.awaits(LegEvent.Transferred.class);
        assertThat(us.awaits(LegEvent.Ended.class).reason()).isEqualTo(EndReason.TRANSFERRED);
        LegEvent.Replaced replaced = caller.awaits(LegEvent.Replaced.class);
        person.awaits(LegEvent.Answered.class);
        Leg theirs = person.legs.getFirst();
        assertThat(out.id()).isEqualTo(replaced.id()).isEqualTo(theirs.id());
        hears(person, theirs, callerEar);
        AtomicLong personEar = loudness(theirs);
        hears(caller, out, personEar);
        await().until(() -> us.channel.callCount() == 0 && us.media.statistics().openSessions() == 0);
        assertThat(caller.channel.callCount()).isEqualTo(1);
        out.hangUp(EndReason.OPERATOR);
        assertThat(person.awaits(LegEvent.Ended.class).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(caller.awaits(LegEvent.Ended.class).reason()).isEqualTo(EndReason.OPERATOR);
    }

    @Test
    void aCallersSideThatAllowsNoTargetsRefusesAndTheCallGoesOn() {
        caller.allows("boss@127.0.0.1");
        called();
        in.transfer(person.address("person"));
        LegEvent.TransferRefused refused = us.awaits(LegEvent.TransferRefused.class);
        assertThat(refused.failure()).isEqualTo(TransferFailure.UNSUPPORTED);
        assertThat(refused.detail()).startsWith("603");
        assertThat(person.legs).isEmpty();
        hears(us, in, loudness(out));
    }

    @Test
    void aPersonWhoIsBusyLeavesCallerAndUsTogether() {
        caller.allows("*@127.0.0.1");
        person.treatment = leg -> leg.reject(RejectCause.BUSY, "");
        called();
        in.transfer(person.address("person"));
        assertThat(us.awaits(LegEvent.TransferRefused.class).failure()).isEqualTo(TransferFailure.BUSY);
        hears(us, in, loudness(out));
        assertThat(caller.has(LegEvent.Replaced.class)).isFalse();
    }

    @Test
    void aCallerWhoSendsUsToSomebodyAndHangsUpAtOnceIsSucceededByThem() {
        us.allows("person@127.0.0.1");
        person.treatment = Leg::ring;
        called();
        AtomicLong ourEar = loudness(in);
        out.transfer(person.address("person"));
        await().until(() -> !person.legs.isEmpty());
        out.hangUp(EndReason.OPERATOR);
        caller.awaits(LegEvent.Ended.class);
        person.legs.getFirst().answer();
        us.awaits(LegEvent.Replaced.class);
        assertThat(us.has(LegEvent.Ended.class)).isFalse();
        hears(person, person.legs.getFirst(), ourEar);
    }

    @Test
    void aCallerWhoSendsUsToSomebodyWhoDoesNotAnswerAndHasGoneHasHungUp() {
        us.allows("person@127.0.0.1");
        person.treatment = Leg::ring;
        called();
        out.transfer(person.address("person"));
        await().until(() -> !person.legs.isEmpty());
        out.hangUp(EndReason.OPERATOR);
        caller.awaits(LegEvent.Ended.class);
        person.legs.getFirst().reject(RejectCause.BUSY, "");
        assertThat(us.awaits(LegEvent.Ended.class).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        await().until(() -> us.media.statistics().openSessions() == 0);
    }

    // ---- attended

    @Test
    void aCallerAndAPersonWeHaveSpokenWithAreJoinedWithoutUs() {
        caller.allows("*@127.0.0.1");
        called();
        AtomicLong callerEar = loudness(out);
        in.hold();
        us.awaits(LegEvent.HoldTaken.class);
        Leg consultation = us.dial(person, "person");
        person.awaits(LegEvent.Answered.class);
        Leg theirs = person.legs.getFirst();
        AtomicLong personEar = loudness(theirs);
        hears(us, consultation, personEar);
        in.transfer(consultation);
        us.awaits(LegEvent.Transferred.class);
        await().until(() ->
                us.events.stream().filter(LegEvent.Ended.class::isInstance).count() == 2);
        assertThat(us.events.stream()
                        .filter(LegEvent.Ended.class::isInstance)
                        .map(event -> ((LegEvent.Ended) event).reason()))
                .containsOnly(EndReason.TRANSFERRED);
        assertThat(person.awaits(LegEvent.Replaced.class).farSide().address()).startsWith("sip:ann@");
        assertThat(person.legs).as("the same leg goes on").hasSize(1);
        hears(caller, out, personEar);
        hears(person, theirs, callerEar);
        assertThat(caller.has(LegEvent.Ended.class)).isFalse();
        assertThat(person.has(LegEvent.Ended.class)).isFalse();
        await().until(() -> us.channel.callCount() == 0);
    }

    // ---- before the answer

    @Test
    void aCallerHearsUsBeforeWeAnswer() {
        us.treatment = leg -> {
            leg.ring();
            leg.openEarlyVoice();
        };
        out = caller.dial(us, "reception");
        AtomicLong callerEar = loudness(out);
        await().until(() -> !us.legs.isEmpty());
        in = us.legs.getFirst();
        us.says(in, 600);
        await().until(() -> callerEar.get() >= 400);
        assertThat(caller.has(LegEvent.Answered.class)).isFalse();
        in.answer();
        caller.awaits(LegEvent.Answered.class);
        us.awaits(LegEvent.Answered.class);
        AtomicLong ourEar = loudness(in);
        hears(caller, out, ourEar);
        hears(us, in, callerEar);
    }

    // ---- refreshes

    @Test
    void aCallIsRefreshedAsLongAsBothLiveAndEndsSoonAfterTheOtherSideHasDied() throws Exception {
        Side first = new Side(25_150);
        Side second = new Side(25_200);
        SipSettings quick = SipSettings.loopback()
                .withSessionTimer(new SessionTimerSettings(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        try {
            first.start(quick);
            second.start(quick);
            first.dial(second, "reception");
            first.awaits(LegEvent.Answered.class);
            second.awaits(LegEvent.Answered.class);
            long begin = System.nanoTime();
            await().until(() ->
                    System.nanoTime() - begin > Duration.ofMillis(4_500).toNanos());
            assertThat(second.has(LegEvent.Ended.class)).isFalse();
            assertThat(first.has(LegEvent.Ended.class)).isFalse();
            // Its sound goes on: only the signalling can tell.
            first.closed = true;
            first.channel.close();
            LegEvent.Ended end = second.awaits(LegEvent.Ended.class);
            assertThat(end.reason()).isEqualTo(EndReason.FAILED);
            assertThat(end.detail()).isEqualTo("session timer expired");
        } finally {
            first.close();
            second.close();
        }
    }
}
