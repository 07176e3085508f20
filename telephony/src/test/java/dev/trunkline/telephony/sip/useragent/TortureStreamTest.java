package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The torture messages by TCP: each split at every offset, and all in one stream. */
class TortureStreamTest {

    private SipEndpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        endpoint = SipEndpoint.start(SipSettings.loopback(), call -> {
            call.reject(480);
            return (same, event) -> {};
        });
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private static int expected(Object[] row) {
        int status = (Integer) row[0];
        return status == 180 ? 480 : status;
    }

    /** What a stream can be cut at: messages with a true length. */
    private static List<Object[]> framed() {
        return TortureAnswersTest.messages()
                .map(arguments -> arguments.get())
                .filter(row -> {
                    String text = (String) row[2];
                    return !text.contains("Content-Length: 9999")
                            && !text.contains("Content-Length: -999")
                            && !text.contains("Content-Length: 5")
                            && text.contains("Content-Length");
                })
                .toList();
    }

    private static String text(Object[] row, int number) {
        // The same Via branch and Call-ID would be a repetition.
        return ((String) row[2])
                .replace("z9hG4bK", "z9hG4bK" + number)
                .replace("Call-ID: ", "Call-ID: n" + number)
                .replace("SIP/2.0/UDP", "SIP/2.0/TCP");
    }

    private static int answer(StreamClient client) throws Exception {
        int status = client.status();
        return status == 100 ? client.status() : status;
    }

    @Test
    void eachIsAnsweredTheSameInOneStream() throws Exception {
        List<Object[]> rows = framed();
        try (StreamClient client = StreamClient.to(endpoint.localAddress())) {
            StringBuilder all = new StringBuilder();
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                all.append(text(rows.get(i), i)).append(i % 3 == 0 ? "\r\n" : "");
                if (expected(rows.get(i)) != 0) {
                    expected.add(expected(rows.get(i)));
                }
            }
            client.write(all.toString());
            List<Integer> answers = new ArrayList<>();
            while (answers.size() < expected.size()) {
                answers.add(answer(client));
            }
            assertThat(answers).isEqualTo(expected);
        }
        assertThat(rows).hasSizeGreaterThan(35);
    }

    @Test
    void oneIsAnsweredTheSameWhereverItIsSplit() throws Exception {
        String call = (String) framed().stream()
                .filter(row -> (Integer) row[0] == 180)
                .findFirst()
                .orElseThrow()[2];
        try (StreamClient client = StreamClient.to(endpoint.localAddress())) {
            for (int i = 1; i < call.length(); i += 7) {
                byte[] bytes = text(new Object[] {180, "", call}, i).getBytes(StandardCharsets.UTF_8);
                client.write(java.util.Arrays.copyOf(bytes, i));
                client.write(java.util.Arrays.copyOfRange(bytes, i, bytes.length));
                assertThat(answer(client)).as("split at " + i).isEqualTo(480);
                acknowledge(client, i);
            }
        }
    }

    private static void acknowledge(StreamClient client, int number) throws IOException {
        client.write("ACK sip:reception@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.2:5062;branch=z9hG4bK" + number
                + "torture\r\nFrom: <sip:ann@127.0.0.2>;tag=ann\r\nTo: <sip:reception@127.0.0.1>;tag=x\r\nCall-ID: n"
                + number + "torture\r\nCSeq: 1 ACK\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void eachComesByteByByte() throws Exception {
        List<Object[]> rows = framed();
        try (StreamClient client = StreamClient.to(endpoint.localAddress())) {
            for (int i = 0; i < rows.size(); i++) {
                for (byte b : text(rows.get(i), i).getBytes(StandardCharsets.UTF_8)) {
                    client.write(new byte[] {b});
                }
                if (expected(rows.get(i)) != 0) {
                    assertThat(answer(client)).as((String) rows.get(i)[1]).isEqualTo(expected(rows.get(i)));
                }
            }
        }
    }
}
