package dev.trunkline.telephony.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trunkline.core.line.InterruptionPolicy;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.codec.Opus;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of each codec between two channels, over real SIP and real RTP. */
class CodecCallTest {

    private final List<Leg> received = new CopyOnWriteArrayList<>();
    private final List<LegEvent> calleeEvents = new CopyOnWriteArrayList<>();
    private final List<LegEvent> callerEvents = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private int ports = 26_000;
    private SipChannel callee;

    @BeforeEach
    void start() throws Exception {
        callee = channel(Codecs.all());
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private SipChannel channel(List<CodecType> codecs) throws Exception {
        MediaEngine media = MediaEngine.start(
                MediaSettings.defaults()
                        .withPorts(ports, ports + 99)
                        .withShards(1)
                        .withCodecs(codecs),
                new EnergyVad());
        ports += 100;
        open.add(media);
        SipChannel channel = SipChannel.start(SipSettings.loopback(), media, leg -> {
            received.add(leg);
            leg.listen(calleeEvents::add);
            leg.answer();
        });
        open.add(channel);
        return channel;
    }

    private Leg call(SipChannel from) {
        callerEvents.clear();
        calleeEvents.clear();
        Leg leg = from.dial(
                "sip:agent@127.0.0.1:" + callee.localAddress().getPort(),
                "ann",
                Duration.ofSeconds(20),
                callerEvents::add);
        await().until(() -> has(callerEvents, LegEvent.Answered.class) && has(calleeEvents, LegEvent.Answered.class));
        return leg;
    }

    private static boolean has(List<LegEvent> events, Class<? extends LegEvent> kind) {
        return events.stream().anyMatch(kind::isInstance);
    }

    /** Plays a tone of that pitch, a second long. */
    private static void play(Leg leg, double hertz) {
        int rate = leg.voice().format().sampleRate();
        short[] samples = new short[rate];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (8_000 * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        leg.voice().begin(1, InterruptionPolicy.UNINTERRUPTIBLE);
        assertThat(leg.voice().play(1, AudioChunk.ofPcm(samples, rate))).isTrue();
        leg.voice().finish(1);
    }

    /** What a leg hears, loud frames alone. */
    private static final class Ear {
        private final int rate;
        private final List<short[]> loud = new CopyOnWriteArrayList<>();

        Ear(Leg leg) {
            rate = leg.voice().format().sampleRate();
            leg.voice().hear((samples, offset, length, streamMillis) -> {
                long energy = 0;
                for (int i = offset; i < offset + length; i++) {
                    energy += (long) samples[i] * samples[i];
                }
                if (energy / length > 4_000_000) {
                    loud.add(Arrays.copyOfRange(samples, offset, offset + length));
                }
            });
        }

        int millis() {
            return loud.stream().mapToInt(frame -> frame.length).sum() * 1_000 / rate;
        }

        /** The mean share of the frames' energy that is at that pitch. */
        double share(double hertz) {
            return loud.stream()
                    .mapToDouble(frame -> share(frame, hertz))
                    .average()
                    .orElse(0);
        }

        private double share(short[] frame, double hertz) {
            double cosine = 0;
            double sine = 0;
            double energy = 0;
            for (int i = 0; i < frame.length; i++) {
                cosine += frame[i] * Math.cos(2 * Math.PI * hertz * i / rate);
                sine += frame[i] * Math.sin(2 * Math.PI * hertz * i / rate);
                energy += (double) frame[i] * frame[i];
            }
            return 2 * (cosine * cosine + sine * sine) / (frame.length * energy);
        }
    }

    private static CodecType codec(String name) {
        CodecType codec = Codecs.known().stream()
                .filter(known -> known.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow();
        assumeTrue(codec != Codecs.OPUS || Opus.isAvailable(), "no libopus");
        return codec;
    }

    @ParameterizedTest
    @CsvSource({"pcmu, 8000, 1000, 1300", "pcma, 8000, 1000, 1300", "g722, 16000, 5000, 6000", "opus, 16000, 5000, 6000"
    })
    void bothSidesHearTheWholeBandOfTheirCodecAndItsKeys(String name, int rate, double one, double other)
            throws Exception {
        Leg out = call(channel(List.of(codec(name))));
        Leg in = received.getFirst();
        assertThat(in.voice().format()).isEqualTo(AudioFormat.pcm(rate));
        assertThat(out.voice().format()).isEqualTo(AudioFormat.pcm(rate));
        Ear callerHears = new Ear(out);
        Ear calleeHears = new Ear(in);

        play(in, one);
        play(out, other);
        await().until(() -> callerHears.millis() >= 900 && calleeHears.millis() >= 900);
        out.voice().sendDigits("42#");

        assertThat(callerHears.share(one)).isGreaterThan(0.85);
        assertThat(calleeHears.share(other)).isGreaterThan(0.85);
        await().until(() -> calleeEvents.stream()
                        .filter(LegEvent.DigitPressed.class::isInstance)
                        .count()
                == 3);
    }

    @Test
    void callersOfDifferentCodecsWhoAreJoinedHearEachOther() throws Exception {
        Leg narrow = call(channel(List.of(Codecs.PCMA)));
        Leg wide = call(channel(List.of(codec(Opus.isAvailable() ? "opus" : "g722"))));
        Ear narrowHears = new Ear(narrow);
        Ear wideHears = new Ear(wide);

        received.get(0).voice().join(received.get(1).voice());
        play(narrow, 700);
        play(wide, 1_100);

        await().until(() -> narrowHears.millis() >= 800 && wideHears.millis() >= 800);
        assertThat(narrowHears.share(1_100)).isGreaterThan(0.85);
        assertThat(wideHears.share(700)).isGreaterThan(0.85);
    }

    @Test
    void theOffererDecidesWhichOfTheCommonCodecsIsUsed() throws Exception {
        Leg out = call(channel(List.of(Codecs.PCMA, Codecs.G722)));

        assertThat(out.voice().format()).isEqualTo(AudioFormat.PCM_8K);
        assertThat(received.getFirst().voice().format()).isEqualTo(AudioFormat.PCM_8K);
    }

    @Test
    void sidesWithoutACommonCodecDoNotMeet() throws Exception {
        SipChannel only = channel(List.of(Codecs.PCMU));
        SipChannel other = channel(List.of(Codecs.G722));
        other.dial(
                "sip:agent@127.0.0.1:" + only.localAddress().getPort(),
                "ann",
                Duration.ofSeconds(20),
                callerEvents::add);

        await().until(() -> has(callerEvents, LegEvent.Ended.class));
        assertThat(((LegEvent.Ended) callerEvents.getLast()).detail()).contains("488");
        assertThat(received).isEmpty();
    }
}
