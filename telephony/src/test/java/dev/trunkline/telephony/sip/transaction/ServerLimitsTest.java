package dev.trunkline.telephony.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ServerLimitsTest {

    private final Wire wire = new Wire();
    private TransactionLayer layer = wire.layer;

    private void limits(int all, int perSource, long bytes) {
        layer = new TransactionLayer(
                wire.clock,
                SipTimers.STANDARD,
                wire,
                new Identifiers(new java.util.Random(2)),
                wire.counters,
                wire,
                new ServerLimits(all, perSource, bytes, 1));
    }

    private void arrive(int number, String source, String toTag, String body) {
        String tag = toTag.isEmpty() ? "" : ";tag=" + toTag;
        layer.onRequest(
                Wire.parse("OPTIONS sip:b@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.2:5062;branch=z9hG4bK" + number
                        + "\r\nFrom: <sip:a@127.0.0.2>;tag=1\r\nTo: <sip:b@127.0.0.1>" + tag + "\r\nCall-ID: c" + number
                        + "\r\nCSeq: 1 OPTIONS\r\n\r\n" + body),
                new Hop(TransportProtocol.UDP, new InetSocketAddress(source, 5062)));
    }

    private int lastStatus() {
        return ((SipResponse) wire.sent.getLast()).status();
    }

    @Test
    void aboveTheLimitARequestIsRefusedWithoutBeingRememberedUntilOthersAreOver() {
        limits(3, 3, 1 << 20);
        for (int i = 0; i < 10; i++) {
            arrive(i, "127.0.0." + (i + 2), "", "");
        }
        assertThat(layer.size()).isEqualTo(3);
        assertThat(wire.requests).hasSize(3);
        assertThat(wire.counters.get(Event.REFUSED_OVERLOAD)).isEqualTo(7);
        assertThat(wire.overloads).isEqualTo(7);
        assertThat(lastStatus()).isEqualTo(503);
        assertThat(wire.sent.getLast().header("Retry-After")).isEqualTo("10");
        wire.requests.forEach(each -> each.respond(200, "t"));
        wire.clock.advance(32_000);
        assertThat(layer.size()).isZero();
        assertThat(layer.rememberedBytes()).isZero();
        arrive(11, "127.0.0.2", "", "");
        assertThat(wire.requests).hasSize(4);
    }

    @Test
    void oneSourceCanNotUseUpEverything() {
        limits(10, 2, 1 << 20);
        for (int i = 0; i < 5; i++) {
            arrive(i, "127.0.0.2", "", "");
        }
        assertThat(layer.size()).isEqualTo(2);
        arrive(6, "127.0.0.3", "", "");
        assertThat(layer.size()).isEqualTo(3);
    }

    @Test
    void aRunningCallHasAReserve() {
        limits(2, 1, 1 << 20);
        arrive(1, "127.0.0.2", "", "");
        arrive(2, "127.0.0.3", "", "");
        arrive(3, "127.0.0.2", "known", "");
        assertThat(wire.requests).hasSize(3);
        arrive(4, "127.0.0.2", "known", "");
        assertThat(wire.requests).as("the reserve is used up").hasSize(3);
    }

    @Test
    void bigRequestsAreRefusedBeforeTheyUseUpTheMemory() {
        limits(1_000, 1_000, 40_000);
        for (int i = 0; i < 20; i++) {
            arrive(i, "127.0.0.2", "", "x".repeat(10_000));
        }
        assertThat(layer.size()).as("one source has half of the bytes").isEqualTo(2);
    }

    @Test
    void anAnsweredRequestIsForgottenAndItsAnswerStillRepeated() {
        arrive(1, "127.0.0.2", "", "x".repeat(10_000));
        ServerTransaction transaction = wire.requests.getLast();
        assertThat(layer.rememberedBytes()).isGreaterThan(10_000);
        transaction.respond(404, "t");
        assertThat(layer.rememberedBytes()).isBetween(1L, 1_000L);
        assertThatThrownBy(transaction::request).isInstanceOf(IllegalStateException.class);
        arrive(1, "127.0.0.2", "", "");
        assertThat(wire.sent).hasSize(2);
        assertThat(lastStatus()).isEqualTo(404);
    }
}
