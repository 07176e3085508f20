package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

    private final RawPeer peer = new RawPeer();
    private final List<String> lines = new ArrayList<>();
    private final Logger log = Logger.getLogger(UserAgent.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.addHandler(handler);
    }

    @AfterEach
    void stop() {
        log.removeHandler(handler);
    }

    private void arrive(String method, int cseq, Map<String, String> more, String body) {
        SipRequest request = peer.compose(method, cseq, method + cseq, "", more, body);
        request.headers().set("Call-ID", "call-" + cseq);
        peer.send(request);
    }

    @Test
    void eachKindOfRefusalIsOneLineForASource() {
        for (int i = 0; i < 3; i++) {
            arrive("REGISTER", 10 + i, Map.of(), "");
            arrive("INVITE", 20 + i, Map.of("Require", "precondition"), RawPeer.OFFER);
            arrive("INVITE", 30 + i, Map.of("Content-Type", "text/plain"), "hello");
            arrive("INVITE", 40 + i, Map.of(), "v=0\r\nm=audio\r\n");
            arrive("INVITE", 50 + i, Map.of(), RawPeer.OFFER);
            peer.call().reject(488, "Not Acceptable Here: no common codec", Map.of());
            peer.send("OPTIONS nobodyKnowsThisScheme:opaque SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.2:5062;branch=z9hG4bK6"
                    + i + "\nFrom: <sip:ann@127.0.0.2>;tag=1\nTo: <sip:x@127.0.0.1>\nCall-ID: d" + i
                    + "\nCSeq: 1 OPTIONS\n\n");
        }
        assertThat(lines)
                .hasSize(6)
                .anyMatch(line -> line.contains("\"REGISTER\" from UDP 127.0.0.2:5062 refused with 405"))
                .anyMatch(line -> line.contains("420") && line.contains("precondition"))
                .anyMatch(line -> line.contains("415") && line.contains("text/plain"))
                .anyMatch(line -> line.contains("400") && line.contains("bad m= line"))
                .anyMatch(line -> line.contains("488") && line.contains("no common codec"))
                .anyMatch(line -> line.contains("416") && line.toLowerCase().contains("nobodyknowsthisscheme"));
    }

    @Test
    void textFromTheWireIsQuotedEscapedAndCutOff() {
        assertThat(WireText.quoted("a\r\nb\u001b[31m\"\\\u202e"))
                .isEqualTo("\"a\\u000d\\u000ab\\u001b[31m\\\"\\\\\\u202e\"");
        assertThat(WireText.quoted("x".repeat(500))).hasSizeLessThan(100).endsWith("\"...");
    }
}
