package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.SipMessage;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whole calls whose messages are damaged on the way, each reproducible by its seed. */
class MutatedCallTest {

    private static final int CALLS = 1_000;
    private static final String MARKS = "<>\";:@=,\\%\r\n\t /?*019aZ";

    private final RawPeer peer = new RawPeer();
    private long damaged;
    private long answered;

    @Test
    void noDamageToAMessageBreaksMoreThanItsOwnCall() {
        peer.echoesDamage = true;
        for (long seed = 0; seed < CALLS; seed++) {
            call(seed, new SplittableRandom(seed));
        }
        assertThat(damaged).isGreaterThan(CALLS);
        assertThat(answered).isGreaterThan(CALLS / 3);
        assertThat(peer.agent.counters().get(Event.INTERNAL_ERROR)).isZero();
        assertThat(peer.agent.counters().get(Event.MALFORMED)).isPositive();
        // What got through damaged may have made calls that nobody confirms: they end by themselves.
        peer.clock.advance(200_000);
        assertThat(peer.agent.transactionCount()).isZero();
        assertThat(peer.agent.callCount()).isZero();
        assertThat(peer.clock.pending()).isZero();
        peer.sent.clear();
        peer.established();
    }

    private void call(long seed, SplittableRandom random) {
        String branch = "s" + seed;
        peer.incoming.clear();
        send(peer.compose("INVITE", 1, branch, "", Map.of(), RawPeer.OFFER), seed, random);
        String tag = "none";
        if (!peer.incoming.isEmpty()) {
            peer.call().answer(RawPeer.sdp());
            if (!peer.sent.isEmpty()) {
                tag = peer.sent.getLast().message().toTag();
                answered++;
            }
        }
        for (SipMessage message : List.of(
                peer.compose("ACK", 1, branch + "a", tag, Map.of(), ""),
                peer.compose("INVITE", 2, branch + "r", tag, Map.of(), RawPeer.OFFER),
                peer.compose("INFO", 3, branch + "i", tag, Map.of("Content-Type", "application/dtmf"), "5"),
                peer.compose("CANCEL", 1, branch, "", Map.of("Reason", "SIP;cause=200"), ""),
                peer.answerTo(peer.compose("BYE", 9, branch + "x", tag, Map.of(), ""), 200, "t", RawPeer.OFFER),
                peer.compose("BYE", 4, branch + "b", tag, Map.of("Reason", "Q.850;cause=16;text=\"a\""), ""))) {
            send(message, seed, random);
            for (SipCallEvent event : List.copyOf(peer.events)) {
                if (event instanceof SipCallEvent.OfferReceived offer) {
                    offer.reply().accept(RawPeer.sdp());
                }
            }
            peer.events.clear();
            // A request inside the call that has lost its tag is a call of its own; answered ones take no refusal.
            peer.incoming.forEach(each -> each.reject(486));
        }
        peer.sendBytes(own(peer.compose("ACK", 1, branch + "last", tag, Map.of(), ""), seed));
        peer.sendBytes(own(peer.compose("BYE", 99, branch + "end", tag, Map.of(), ""), seed));
        peer.sent.clear();
    }

    private void send(SipMessage message, long seed, SplittableRandom random) {
        byte[] bytes = own(message, seed);
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            bytes[at] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : MARKS.charAt(random.nextInt(MARKS.length())));
        }
        damaged += changes > 0 ? 1 : 0;
        peer.sendBytes(bytes);
    }

    private static byte[] own(SipMessage message, long seed) {
        message.headers().set("Call-ID", "call-" + seed);
        return message.toBytes();
    }
}
