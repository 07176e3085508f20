package dev.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.media.dtmf.DtmfDetector;
import dev.trunkline.media.dtmf.DtmfSender;
import dev.trunkline.media.engine.MediaEvent.DigitPressed;
import dev.trunkline.media.rtp.TelephoneEventReceiver;
import dev.trunkline.media.rtp.TelephoneEventSender;
import dev.trunkline.media.vad.EnergyVad;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys as tones over loopback. */
class InBandDigitsTest {

    private static final MediaSettings SETTINGS =
            MediaSettings.defaults().withPorts(27_400, 27_599).withShards(1);

    private final List<MediaEvent> events = new CopyOnWriteArrayList<>();
    private MediaEngine engine = MediaEngine.start(SETTINGS, new EnergyVad());

    @AfterEach
    void close() {
        engine.close();
    }

    private void engine(InBandDigits mode) {
        engine.close();
        engine = MediaEngine.start(SETTINGS, new EnergyVad(), mode);
    }

    private MediaSession session(TestPeer[] peer, boolean eventsAgreed) {
        MediaSession session = engine.open(events::add);
        peer[0] = new TestPeer(session.localAddress());
        session.negotiate(new RtpParameters(
                peer[0].address(),
                AudioPayload.PCMU,
                List.of(AudioPayload.PCMU),
                eventsAgreed ? OptionalInt.of(101) : OptionalInt.empty(),
                List.of(new EventPayload(101, 8_000)),
                MediaDirection.SEND_RECEIVE,
                RtpParameters.DEFAULT_PACKET_TIME));
        await().until(() -> !peer[0].received.isEmpty());
        return session;
    }

    private List<DigitPressed> digits() {
        return events.stream()
                .filter(DigitPressed.class::isInstance)
                .map(DigitPressed.class::cast)
                .toList();
    }

    private String pressed() {
        StringBuilder keys = new StringBuilder();
        digits().forEach(digit -> keys.append(digit.digit()));
        return keys.toString();
    }

    private static short[] tones(String keys) {
        DtmfSender sender = new DtmfSender(8_000);
        sender.send(keys);
        short[] samples = new short[160 * (8 * keys.length() + 10)];
        sender.fill(samples, 0, samples.length);
        return samples;
    }

    private void sayAll(MediaSession session, TestPeer peer, short[] samples) {
        long before = session.statistics().packetsReceived();
        peer.sayAtOnce(samples);
        await().until(() -> session.statistics().packetsReceived() >= before + samples.length / 160);
    }

    @Test
    void aPeerWithoutEventsIsHeardByItsTones() {
        TestPeer[] peer = new TestPeer[1];
        MediaSession session = session(peer, false);
        try (TestPeer there = peer[0]) {
            sayAll(session, there, tones("0123456789*#"));
            await().until(() -> pressed().equals("0123456789*#"));
            assertThat(digits()).allSatisfy(digit -> {
                assertThat(digit.tone()).isTrue();
                assertThat(digit.durationMs()).isBetween(85, 115);
            });
        }
    }

    @Test
    void whereEventsAreAgreedTonesAreNotLookedFor() {
        TestPeer[] peer = new TestPeer[1];
        MediaSession session = session(peer, true);
        try (TestPeer there = peer[0]) {
            sayAll(session, there, tones("12"));
            sayEvent(there, '3');
            await().until(() -> pressed().equals("3"));
        }
    }

    @Test
    void whoeverNeverWantsTonesDoesNotHearThem() {
        engine(InBandDigits.OFF);
        TestPeer[] peer = new TestPeer[1];
        MediaSession session = session(peer, false);
        try (TestPeer there = peer[0]) {
            sayAll(session, there, tones("12"));
            sayEvent(there, '3');
            await().until(() -> pressed().equals("3"));
        }
    }

    @Test
    void afterTheFirstEventWhatLeaksOfTonesIsNoKey() {
        engine(InBandDigits.ON);
        TestPeer[] peer = new TestPeer[1];
        MediaSession session = session(peer, true);
        try (TestPeer there = peer[0]) {
            sayAll(session, there, tones("1"));
            await().until(() -> pressed().equals("1"));
            // the beginning of the tone leaks, the event replaces the rest
            there.say(Arrays.copyOf(tones("2"), 160));
            there.say(Arrays.copyOfRange(tones("2"), 160, 320));
            there.say(Arrays.copyOfRange(tones("2"), 320, 480));
            sayEvent(there, '2');
            sayAll(session, there, tones("3"));
            sayEvent(there, '4');
            await().until(() -> pressed().endsWith("4"));
            assertThat(pressed()).isEqualTo("124");
            assertThat(digits()).extracting(DigitPressed::tone).containsExactly(true, false, false);
        }
    }

    private static void sayEvent(TestPeer peer, char key) {
        TelephoneEventSender sender = new TelephoneEventSender(8_000);
        sender.send(String.valueOf(key));
        byte[] payload = new byte[4];
        while (sender.active()) {
            if (sender.tick(peer.timestamp)) {
                sender.writePayload(payload, 0);
                peer.send(101, payload.clone(), peer.sequence++, sender.timestamp());
            } else {
                peer.sayNothing();
                continue;
            }
            peer.timestamp += 160;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "OFF"})
    void keysAreSentAsTonesInTheSound(InBandDigits mode) {
        engine(mode);
        TestPeer[] peer = new TestPeer[1];
        MediaSession session = session(peer, false);
        try (TestPeer there = peer[0]) {
            session.sendTones("159#");
            StringBuilder heard = new StringBuilder();
            await().until(() -> {
                heard.setLength(0);
                DtmfDetector detector = new DtmfDetector(new TelephoneEventReceiver.Listener() {
                    @Override
                    public void keyDown(char key) {}

                    @Override
                    public void keyUp(char key, int millis) {
                        heard.append(key);
                    }
                });
                there.received.forEach(packet -> {
                    short[] samples = packet.linear();
                    detector.hear(samples, 0, samples.length);
                });
                return heard.length() == 4;
            });
            assertThat(heard).hasToString("159#");
            assertThat(session.statistics().digitsDropped()).isZero();
        }
    }
}
