package dev.trunkline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.peer.Asterisk;
import dev.trunkline.acceptance.peer.SharedPeers;
import dev.trunkline.acceptance.process.Certificate;
import dev.trunkline.acceptance.server.FreePorts;
import dev.trunkline.core.line.InterruptionPolicy;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.media.engine.AudioPayload;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSession;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.engine.RtpParameters;
import dev.trunkline.media.srtp.SrtpKey;
import dev.trunkline.media.srtp.SrtpKeys;
import dev.trunkline.media.srtp.SrtpSuite;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.telephony.sip.SipAccounts;
import dev.trunkline.telephony.sip.SipChannel;
import dev.trunkline.telephony.sip.sdp.SrtpPolicy;
import dev.trunkline.telephony.sip.transport.TlsSettings;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import dev.trunkline.telephony.sip.useragent.TransportSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sound that is protected, with those who protect it by other programs: ffmpeg, and Asterisk's libsrtp. */
@ExtendWith(SharedPeers.class)
class SrtpPeersTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private MediaEngine media;

    @BeforeEach
    void start() {
        media = MediaEngine.start(
                MediaSettings.defaults().withPorts(46_200, 46_299).withShards(1), new EnergyVad());
    }

    @AfterEach
    void stop() {
        media.close();
    }

    private static AudioChunk tone(int milliseconds, int rate) {
        short[] samples = new short[milliseconds * rate / 1_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (8_000 * Math.sin(2 * Math.PI * 440 * i / rate));
        }
        return AudioChunk.ofPcm(samples, rate);
    }

    private static long loud(short[] samples, int offset, int length) {
        long energy = 0;
        for (int i = offset; i < offset + length; i++) {
            energy += (long) samples[i] * samples[i];
        }
        return energy / Math.max(1, length) > 1_000_000 ? 1 : 0;
    }

    @ParameterizedTest
    @EnumSource(
            value = SrtpSuite.class,
            names = {"AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32"})
    void ffmpegIsHeard(SrtpSuite suite) throws Exception {
        SrtpKey theirs = SrtpKey.random(suite, new SecureRandom());
        AtomicLong heard = new AtomicLong();
        try (MediaSession session = media.open(event -> {})) {
            session.protect(new SrtpKeys(SrtpKey.random(suite, new SecureRandom()), theirs));
            session.negotiate(RtpParameters.of(null, AudioPayload.PCMU));
            session.hear((samples, length, position, arrival) -> heard.addAndGet(loud(samples, 0, length)));
            Process ffmpeg = new ProcessBuilder(List.of(
                            "ffmpeg",
                            "-nostdin",
                            "-loglevel",
                            "error",
                            "-re",
                            "-f",
                            "lavfi",
                            "-i",
                            "sine=frequency=440:duration=2:sample_rate=8000",
                            "-af",
                            "volume=4",
                            "-c:a",
                            "pcm_mulaw",
                            "-f",
                            "rtp",
                            "-srtp_out_suite",
                            suite.name(),
                            "-srtp_out_params",
                            theirs.base64(),
                            "srtp://127.0.0.1:" + session.localAddress().getPort() + "?pkt_size=172"))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            Path.of("target", "ffmpeg-" + suite + ".log").toFile())
                    .start();
            try {
                assertThat(ffmpeg.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } finally {
                ffmpeg.destroy();
            }
            // two seconds in frames of 20 ms
            assertThat(heard.get()).isGreaterThan(80);
            assertThat(media.statistics().packetsReceived()).isGreaterThan(80);
        }
    }

    @Test
    void ffmpegWithAnotherKeyIsNotHeard() throws Exception {
        SrtpKey ours = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new SecureRandom());
        SrtpKey theirs = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new SecureRandom());
        try (MediaSession session = media.open(event -> {})) {
            session.protect(new SrtpKeys(ours, ours));
            session.negotiate(RtpParameters.of(null, AudioPayload.PCMU));
            Process ffmpeg = new ProcessBuilder(List.of(
                            "ffmpeg",
                            "-nostdin",
                            "-loglevel",
                            "error",
                            "-re",
                            "-f",
                            "lavfi",
                            "-i",
                            "sine=frequency=440:duration=1:sample_rate=8000",
                            "-c:a",
                            "pcm_mulaw",
                            "-f",
                            "rtp",
                            "-srtp_out_suite",
                            "AES_CM_128_HMAC_SHA1_80",
                            "-srtp_out_params",
                            theirs.base64(),
                            "srtp://127.0.0.1:" + session.localAddress().getPort() + "?pkt_size=172"))
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target", "ffmpeg-other.log").toFile())
                    .start();
            try {
                assertThat(ffmpeg.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } finally {
                ffmpeg.destroy();
            }
            assertThat(media.statistics().packetsReceived()).isZero();
            assertThat(media.statistics().malformed()).isGreaterThan(30);
        }
    }

    @Test
    void asteriskAndWeHearEachOther(Asterisk asterisk) throws IOException {
        Certificate certificate = Certificate.shared();
        List<LegEvent> events = new CopyOnWriteArrayList<>();
        List<Leg> came = new CopyOnWriteArrayList<>();
        AtomicLong heard = new AtomicLong();
        int tls = FreePorts.tcp();
        SipSettings settings = SipSettings.loopback()
                .withTransports(TransportSettings.STANDARD.withTls(
                        TlsSettings.of(certificate.certificate(), certificate.key()), tls));
        try (SipChannel channel =
                SipChannel.start(settings, SipAccounts.NONE.withSrtp(SrtpPolicy.REQUIRED), media, leg -> {
                    came.add(leg);
                    leg.listen(events::add);
                    leg.answer();
                })) {
            Asterisk.Call.Placed call = asterisk.calls("PJSIP/trunk-srtp/sip:agent@127.0.0.1:" + tls + ";transport=tls")
                    .with("QUESTION", tone(1_000, 8_000))
                    .place("question");
            await().atMost(SOON).until(() -> events.stream().anyMatch(LegEvent.Answered.class::isInstance));
            Leg leg = came.getFirst();
            int rate = leg.voice().format().sampleRate();
            leg.voice().hear((samples, offset, length, streamMillis) -> heard.addAndGet(loud(samples, offset, length)));
            leg.voice().begin(1, InterruptionPolicy.UNINTERRUPTIBLE);
            assertThat(leg.voice().play(1, tone(1_000, rate))).isTrue();
            leg.voice().finish(1);
            // Asterisk asks when it has heard us and the silence behind it
            await().atMost(SOON).until(() -> heard.get() > 30);
            call.hangUp();
            await().atMost(SOON).until(() -> events.stream().anyMatch(LegEvent.Ended.class::isInstance));
            assertThat(media.statistics().malformed()).isZero();
        }
    }
}
