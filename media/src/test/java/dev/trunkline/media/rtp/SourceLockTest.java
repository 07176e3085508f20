package dev.trunkline.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.media.rtp.SourceLock.Verdict;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class SourceLockTest {

    private static final long MILLI = 1_000_000L;
    private static final InetSocketAddress NAMED = at("10.0.0.1", 4_000);
    private static final InetSocketAddress REAL = at("203.0.113.5", 31_000);
    private static final InetSocketAddress STRANGER = at("198.51.100.9", 5_555);

    private SourceLock lock = new SourceLock(NAMED);
    private long now;
    private int seq;

    @Test
    void thePacketFromTheAddressInTheSdpLocksAtOnce() {
        assertThat(lock.onPacket(NAMED, 1, 10, now)).isEqualTo(Verdict.LOCKED);
        assertThat(lock.onPacket(NAMED, 1, 11, now)).isEqualTo(Verdict.ACCEPTED);
        assertThat(lock.source()).isEqualTo(NAMED);
    }

    @Test
    void aSourceBehindNatLocksWithItsThirdPacketInARow() {
        assertThat(stream(REAL, 1, 3)).isEqualTo(Verdict.LOCKED);
        assertThat(lock.source()).isEqualTo(REAL);
        assertThat(lock.ssrc()).isEqualTo(1);
    }

    @Test
    void packetsThatAreNotInARowProveNothing() {
        for (int i = 0; i < 20; i++) {
            assertThat(lock.onPacket(REAL, 1, i * 1_000, now)).isEqualTo(Verdict.CANDIDATE);
            assertThat(lock.onPacket(REAL, i, 7, now)).isEqualTo(Verdict.CANDIDATE);
        }
        assertThat(lock.source()).isNull();
    }

    @Test
    void aStrangersPacketsNeverReachALockedCall() {
        stream(NAMED, 1, 1);
        for (int i = 0; i < 500; i++) {
            now += 20 * MILLI;
            assertThat(lock.onPacket(NAMED, 1, 100 + i, now)).isEqualTo(Verdict.ACCEPTED);
            assertThat(lock.onPacket(STRANGER, 1, 100 + i, now)).isEqualTo(Verdict.STRANGER);
        }
        assertThat(lock.strangers()).isEqualTo(500);
    }

    @Test
    void theAddressInTheSdpTakesOverFromAStrangerWhoWasFirst() {
        stream(STRANGER, 9, 3);
        assertThat(lock.source()).isEqualTo(STRANGER);
        assertThat(stream(NAMED, 1, 2)).isEqualTo(Verdict.CANDIDATE);
        assertThat(stream(NAMED, 1, 1)).isEqualTo(Verdict.LOCKED);
        assertThat(lock.onPacket(STRANGER, 9, seq + 1, now)).isEqualTo(Verdict.STRANGER);
    }

    @Test
    void aNewSsrcFromTheSameAddressIsAccepted() {
        stream(NAMED, 1, 2);
        assertThat(lock.onPacket(NAMED, 2, 9, now)).isEqualTo(Verdict.ACCEPTED);
        assertThat(lock.ssrc()).isEqualTo(2);
    }

    @Test
    void anotherSourceFollowsOnlyWhenTheOldOneIsSilent() {
        stream(NAMED, 1, 5);
        now += 1_900 * MILLI;
        assertThat(stream(REAL, 2, 3)).isEqualTo(Verdict.STRANGER);
        now += 101 * MILLI;
        assertThat(stream(REAL, 2, 1)).isEqualTo(Verdict.LOCKED);
        assertThat(lock.onPacket(NAMED, 1, 6, now).usable()).isFalse();
    }

    @Test
    void afterReNegotiationTheNewAddressTakesOverAndTheOldOneIsHeardUntilThen() {
        stream(NAMED, 1, 5);
        lock.renegotiate(REAL);
        assertThat(lock.onPacket(NAMED, 1, ++seq, now)).isEqualTo(Verdict.ACCEPTED);
        assertThat(stream(REAL, 2, 2)).isEqualTo(Verdict.CANDIDATE);
        assertThat(stream(REAL, 2, 1)).isEqualTo(Verdict.LOCKED);
    }

    @Test
    void afterReNegotiationASourceBehindNatTakesOverSoonAfterTheOldOneStopped() {
        stream(NAMED, 1, 5);
        lock.renegotiate(at("10.0.0.2", 4_000));
        assertThat(stream(REAL, 2, 4)).isEqualTo(Verdict.STRANGER);
        now += 200 * MILLI;
        assertThat(stream(REAL, 2, 1)).isEqualTo(Verdict.LOCKED);
    }

    @Test
    void aFloodFromManyPortsDoesNotKeepTheCallerOut() {
        lock = new SourceLock(at("203.0.113.5", 1));
        Verdict verdict = Verdict.CANDIDATE;
        for (int i = 0; i < 3; i++) {
            verdict = lock.onPacket(REAL, 1, i, now);
            for (int port = 1_000; port < 1_200; port++) {
                assertThat(lock.onPacket(at("198.51.100.9", port), 5, i, now).usable())
                        .isFalse();
            }
        }
        assertThat(verdict).isEqualTo(Verdict.LOCKED);
    }

    @Test
    void withoutAnAddressInTheSdpTheFirstSteadySourceIsTaken() {
        lock = new SourceLock(null);
        assertThat(stream(REAL, 1, 2)).isEqualTo(Verdict.CANDIDATE);
        assertThat(stream(REAL, 1, 1)).isEqualTo(Verdict.LOCKED);
    }

    private Verdict stream(InetSocketAddress from, int ssrc, int packets) {
        Verdict verdict = Verdict.STRANGER;
        for (int i = 0; i < packets; i++) {
            verdict = lock.onPacket(from, ssrc, ++seq & 0xFFFF, now);
        }
        return verdict;
    }

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(host, port);
    }
}
