package dev.trunkline.telephony.leg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.media.engine.AudioPayload;
import dev.trunkline.media.engine.MediaDirection;
import dev.trunkline.media.engine.MediaSession;
import dev.trunkline.media.engine.RtpParameters;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MediaVoiceDigitsTest {

    private final List<String> sent = new ArrayList<>();
    private boolean infoTaken;

    private final SignalledDigits info = new SignalledDigits() {
        @Override
        public boolean possible() {
            return true;
        }

        @Override
        public boolean taken() {
            return infoTaken;
        }

        @Override
        public void send(String keys) {
            sent.add("info " + keys);
        }
    };

    private MediaVoice voice(SignalledDigits signalled, boolean eventsAgreed) {
        MediaVoice voice = new MediaVoice(signalled);
        voice.attach((MediaSession) Proxy.newProxyInstance(
                MediaSession.class.getClassLoader(),
                new Class<?>[] {MediaSession.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "sendDigits" -> sent.add("event " + arguments[0]);
                        case "sendTones" -> sent.add("tone " + arguments[0]);
                        default -> {}
                    }
                    return null;
                }));
        voice.negotiate(new RtpParameters(
                new InetSocketAddress("127.0.0.1", 4_000),
                AudioPayload.PCMU,
                List.of(AudioPayload.PCMU),
                eventsAgreed ? OptionalInt.of(101) : OptionalInt.empty(),
                List.of(),
                MediaDirection.SEND_RECEIVE,
                RtpParameters.DEFAULT_PACKET_TIME));
        return voice;
    }

    @Test
    void byItselfTheBestWayThatTheFarSideTakes() {
        infoTaken = true;
        voice(info, true).sendDigits("1");
        voice(info, false).sendDigits("2");
        infoTaken = false;
        voice(info, false).sendDigits("3");
        voice(SignalledDigits.NONE, false).sendDigits("4");
        assertThat(sent).containsExactly("event 1", "info 2", "tone 3", "tone 4");
    }

    @Test
    void theWayThatWasSetCountsWhateverWasAgreed() {
        MediaVoice voice = voice(info, true);
        voice.digitSending(DigitSending.INFO);
        voice.sendDigits("1");
        voice.digitSending(DigitSending.TONE);
        voice.sendDigits("2");
        voice.digitSending(DigitSending.RTP);
        voice.sendDigits("3");
        MediaVoice without = voice(SignalledDigits.NONE, true);
        without.digitSending(DigitSending.INFO);
        without.sendDigits("4");
        assertThat(sent).containsExactly("info 1", "tone 2", "event 3", "tone 4");
    }
}
