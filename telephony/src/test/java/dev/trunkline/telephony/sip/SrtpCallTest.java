package dev.trunkline.telephony.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.line.InterruptionPolicy;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.telephony.sip.sdp.SrtpPolicy;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Protected sound between two channels with media engines of their own. */
class SrtpCallTest {

    private final List<Leg> received = new CopyOnWriteArrayList<>();
    private final List<LegEvent> events = new CopyOnWriteArrayList<>();
    private MediaEngine calleeMedia;
    private MediaEngine callerMedia;
    private SipChannel callee;
    private SipChannel caller;

    @BeforeEach
    void start() {
        calleeMedia = MediaEngine.start(
                MediaSettings.defaults().withPorts(23_500, 23_599).withShards(1), new EnergyVad());
        callerMedia = MediaEngine.start(
                MediaSettings.defaults().withPorts(23_600, 23_699).withShards(1), new EnergyVad());
    }

    @AfterEach
    void stop() {
        caller.close();
        callee.close();
        callerMedia.close();
        calleeMedia.close();
    }

    private void open(SrtpPolicy calling, SrtpPolicy called) throws IOException {
        callee = SipChannel.start(SipSettings.loopback(), SipAccounts.NONE.withSrtp(called), calleeMedia, leg -> {
            received.add(leg);
            leg.listen(event -> {});
            leg.answer();
        });
        caller = SipChannel.start(SipSettings.loopback(), SipAccounts.NONE.withSrtp(calling), callerMedia, leg -> {});
    }

    private Leg dial() {
        return caller.dial(
                "sip:echo@127.0.0.1:" + callee.localAddress().getPort(), "", Duration.ofSeconds(20), events::add);
    }

    private boolean has(Class<? extends LegEvent> kind) {
        return events.stream().anyMatch(kind::isInstance);
    }

    private static AtomicLong loudness(Leg leg) {
        AtomicLong loud = new AtomicLong();
        int rate = leg.voice().format().sampleRate();
        leg.voice().hear((samples, offset, length, streamMillis) -> {
            long energy = 0;
            for (int i = offset; i < offset + length; i++) {
                energy += (long) samples[i] * samples[i];
            }
            if (energy / length > 1_000_000) {
                loud.addAndGet(length * 1_000L / rate);
            }
        });
        return loud;
    }

    private static void play(Leg leg) {
        int rate = leg.voice().format().sampleRate();
        short[] samples = new short[rate];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (8_000 * Math.sin(2 * Math.PI * 440 * i / rate));
        }
        leg.voice().begin(1, InterruptionPolicy.UNINTERRUPTIBLE);
        assertThat(leg.voice().play(1, AudioChunk.ofPcm(samples, rate))).isTrue();
        leg.voice().finish(1);
    }

    @Test
    void bothHearEachOtherThroughProtectedSound() throws IOException {
        open(SrtpPolicy.REQUIRED, SrtpPolicy.OPTIONAL);
        Leg there = dial();
        await().until(() -> has(LegEvent.Answered.class));
        Leg here = received.getFirst();
        AtomicLong heardThere = loudness(there);
        AtomicLong heardHere = loudness(here);
        play(there);
        play(here);
        await().until(() -> heardThere.get() > 800 && heardHere.get() > 800);
        assertThat(calleeMedia.statistics().malformed()).isZero();
        assertThat(callerMedia.statistics().malformed()).isZero();

        there.hold();
        await().until(() -> has(LegEvent.HoldTaken.class));
    }

    @Test
    void whoNeverProtectsRefusesAnOfferOfNothingElse() throws IOException {
        open(SrtpPolicy.REQUIRED, SrtpPolicy.OFF);
        dial();
        await().until(() -> has(LegEvent.Ended.class));
        assertThat(((LegEvent.Ended) events.getLast()).detail()).startsWith("488");
    }

    @Test
    void whoAlwaysProtectsRefusesPlainSound() throws IOException {
        open(SrtpPolicy.OPTIONAL, SrtpPolicy.REQUIRED);
        dial();
        await().until(() -> has(LegEvent.Ended.class));
        assertThat(((LegEvent.Ended) events.getLast()).detail()).startsWith("488");
    }
}
