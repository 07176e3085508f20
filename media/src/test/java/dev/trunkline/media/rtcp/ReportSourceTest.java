package dev.trunkline.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ReportSourceTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int SSRC = 77;

    private final InetSocketAddress named = address("10.0.0.5", 4_001);
    private final InetSocketAddress behindNat = address("192.0.2.9", 61_003);
    private final InetAddress soundHost = behindNat.getAddress();
    private final ReportSource source = new ReportSource();

    ReportSourceTest() {
        source.agree(named);
    }

    private static InetSocketAddress address(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void reportsGoToTheAgreedAddressUntilTheFarSideShowsAnother() {
        assertThat(source.target()).isEqualTo(named);
        assertThat(source.accepts(behindNat, SSRC, soundHost, SSRC, 0)).isTrue();
        assertThat(source.target()).isEqualTo(behindNat);
    }

    @Test
    void strangersAreRefused() {
        InetSocketAddress stranger = address("203.0.113.4", 4_001);
        assertThat(source.accepts(stranger, SSRC, soundHost, SSRC, 0)).isFalse();
        // right host, but nobody that we hear
        assertThat(source.accepts(behindNat, 78, soundHost, SSRC, 0)).isFalse();
        // before any sound has come, only the agreed address is known
        assertThat(source.accepts(behindNat, 0, null, 0, 0)).isFalse();
        assertThat(source.target()).isEqualTo(named);
    }

    @Test
    void theAgreedAddressCountsWhateverSsrcItSpeaksFor() {
        assertThat(source.accepts(named, 5, null, 0, 0)).isTrue();
        assertThat(source.target()).isEqualTo(named);
    }

    @Test
    void anotherPortOfTheHostTakesOverOnlyWhenTheOldOneIsSilent() {
        InetSocketAddress other = address("192.0.2.9", 61_999);
        assertThat(source.accepts(behindNat, SSRC, soundHost, SSRC, 0)).isTrue();
        assertThat(source.accepts(other, SSRC, soundHost, SSRC, 5 * SECOND)).isFalse();
        assertThat(source.accepts(behindNat, SSRC, soundHost, SSRC, 6 * SECOND)).isTrue();
        assertThat(source.accepts(other, SSRC, soundHost, SSRC, 20 * SECOND)).isFalse();
        assertThat(source.accepts(other, SSRC, soundHost, SSRC, 21 * SECOND)).isTrue();
        assertThat(source.target()).isEqualTo(other);
    }

    @Test
    void aNewAgreementBeginsAnewAndTheSameOneDoesNot() {
        source.accepts(behindNat, SSRC, soundHost, SSRC, 0);
        source.agree(named);
        assertThat(source.target()).isEqualTo(behindNat);
        InetSocketAddress moved = address("10.0.0.6", 5_001);
        source.agree(moved);
        assertThat(source.target()).isEqualTo(moved);
        assertThat(source.accepts(moved, SSRC, soundHost, SSRC, SECOND)).isTrue();
    }
}
