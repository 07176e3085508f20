package dev.trunkline.telephony.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages cut out of a stream, however its bytes arrive. */
class StreamFramingTest {

    private static final String OPTIONS = "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP x;branch=z9hG4bK1\r\n";
    private static final String BODY = "v=0\r\n\r\nOPTIONS sip:a@b SIP/2.0\r\n\r\n";

    private final List<String> found = new ArrayList<>();
    private final StreamFraming framing = new StreamFraming(2_000, 5_000, new StreamFraming.Sink() {
        @Override
        public void onMessage(byte[] message) {
            found.add(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void onPing() {
            found.add("ping");
        }

        @Override
        public void onFault(byte[] begun, StreamFault fault) {
            found.add(fault.kind() + " " + begun.length);
        }
    });

    private static String with(String lengthHeader, String body) {
        return OPTIONS + lengthHeader + "\r\n\r\n" + body;
    }

    private void feed(String text) {
        framing.feed(text.getBytes(StandardCharsets.UTF_8));
    }

    private void feedByteByByte(String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            framing.feed(new byte[] {b});
        }
    }

    @Test
    void aMessageIsWholeHoweverItIsSplit() {
        String message = with("Content-Length: " + BODY.length(), BODY);
        for (int i = 0; i <= message.length(); i++) {
            feed(message.substring(0, i));
            feed(message.substring(i));
        }
        assertThat(found).hasSize(message.length() + 1).containsOnly(message);
    }

    @Test
    void aMessageThatComesByteByByte() {
        String message = with("Content-Length: " + BODY.length(), BODY);
        feedByteByByte(message);
        assertThat(found).containsExactly(message);
        assertThat(framing.isWithinMessage()).isFalse();
    }

    @Test
    void severalMessagesInOneSegmentWithLineEndsBetweenThem() {
        String one = with("Content-Length: 3", "abc");
        String two = with("l:0", "");
        feed(one + two + "\r\n" + one + two.substring(0, 20));
        assertThat(found).containsExactly(one, two, one);
        assertThat(framing.isWithinMessage()).isTrue();
        feed(two.substring(20));
        assertThat(found).hasSize(4).last().isEqualTo(two);
    }

    @Test
    void theLengthIsFoundInEverySpelling() {
        for (String header : new String[] {
            "Content-Length: 3",
            "CONTENT-LENGTH   :   3",
            "l:3",
            "L : 3",
            "Content-Length:\r\n 3",
            "Content-Length: 0003",
            "Subject: Content-Length: 99\r\nl: 3",
            "l: 3\r\nContent-Length: 3"
        }) {
            feed(with(header, "abc"));
        }
        assertThat(found).hasSize(8).allMatch(message -> message.endsWith("\r\n\r\nabc"));
    }

    @Test
    void bareLineFeedsEndLinesToo() {
        feed(with("Content-Length: 3", "abc").replace("\r\n", "\n") + with("l: 0", ""));
        assertThat(found).hasSize(2);
    }

    @Test
    void twoLineEndsBetweenMessagesAskForASignOfLife() {
        feed("\r\n\r\n" + with("l: 0", "") + "\r\n");
        feed("\r\n\r\n\r\n");
        assertThat(found).hasSize(4).first().isEqualTo("ping");
        assertThat(found.subList(2, 4)).containsExactly("ping", "ping");
    }

    @Test
    void aSingleLineEndIsNothing() {
        feed("\r\n" + with("l: 0", "") + "\r\n" + with("l: 0", ""));
        assertThat(found).hasSize(2).doesNotContain("ping");
    }

    @Test
    void aMessageWithoutLengthEndsTheStream() {
        feed(OPTIONS + "\r\n");
        feed(with("l: 0", ""));
        assertThat(found).containsExactly("no-length " + (OPTIONS.length() + 2));
        assertThat(framing.isBroken()).isTrue();
    }

    @Test
    void lengthsThatAreNone() {
        for (String bad : new String[] {"l: -3", "l: 3x", "l:", "l: 3\r\nContent-Length: 4", "l: 0x3", "l: 3, 3"}) {
            found.clear();
            List<String> faults = new ArrayList<>();
            new StreamFraming(2_000, 5_000, sink(faults)).feed(with(bad, "abc").getBytes(StandardCharsets.UTF_8));
            assertThat(faults).as(bad).containsExactly("BAD_LENGTH");
        }
    }

    @Test
    void lengthsThatAreTooLarge() {
        for (String large : new String[] {"l: 5000", "l: 4294967296", "l: 99999999999999999999999999"}) {
            List<String> faults = new ArrayList<>();
            new StreamFraming(2_000, 5_000, sink(faults))
                    .feed(with(large, "abc").getBytes(StandardCharsets.UTF_8));
            assertThat(faults).as(large).containsExactly("TOO_LARGE");
        }
    }

    @Test
    void headersWithoutEndAreTooLarge() {
        feed(OPTIONS);
        for (int i = 0; i < 30; i++) {
            feed("X: " + "y".repeat(97) + "\r\n");
        }
        assertThat(found).containsExactly("too-large 2000");
    }

    @Test
    void whatIsNoSipIsSeenInItsFirstLine() {
        feedByteByByte("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(found).containsExactly("no-sip 16");
    }

    @Test
    void aTlsHandshakeIsSeenInItsFirstByte() {
        framing.feed(new byte[] {0x16, 3, 1, 2, 0});
        assertThat(found).containsExactly("no-sip 1");
    }

    @Test
    void noiseBreaksNothing() {
        java.util.SplittableRandom random = new java.util.SplittableRandom(5);
        String message = with("Content-Length: " + BODY.length(), BODY);
        for (int round = 0; round < 2_000; round++) {
            List<String> faults = new ArrayList<>();
            StreamFraming noisy = new StreamFraming(2_000, 5_000, sink(faults));
            byte[] bytes = (message + message).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 4; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int cut = random.nextInt(bytes.length);
            noisy.feed(Arrays.copyOf(bytes, cut));
            noisy.feed(Arrays.copyOfRange(bytes, cut, bytes.length));
            assertThat(faults.size()).isLessThanOrEqualTo(1);
        }
    }

    private static StreamFraming.Sink sink(List<String> faults) {
        return new StreamFraming.Sink() {
            @Override
            public void onMessage(byte[] message) {}

            @Override
            public void onPing() {}

            @Override
            public void onFault(byte[] begun, StreamFault fault) {
                faults.add(fault.name());
            }
        };
    }
}
