package dev.trunkline.caller.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImpairedPathTest {

    private static final long MS = 1_000_000;

    private record Arrival(long atMillis, int packet) {}

    private static List<Arrival> send(Impairments impairments, int packets) {
        ImpairedPath path = new ImpairedPath(impairments);
        List<Arrival> arrivals = new ArrayList<>();
        for (int ms = 0; ms < packets * 20 + 3000; ms++) {
            if (ms % 20 == 0 && ms / 20 < packets) {
                path.send(new byte[] {(byte) (ms / 20 >> 8), (byte) (ms / 20)}, ms * MS);
            }
            byte[] packet = path.arrived(ms * MS);
            while (packet != null) {
                arrivals.add(new Arrival(ms, (packet[0] & 0xFF) << 8 | packet[1] & 0xFF));
                packet = path.arrived(ms * MS);
            }
        }
        return arrivals;
    }

    @Test
    void aPerfectNetworkDeliversEverythingAtOnceAndInOrder() {
        List<Arrival> arrivals = send(Impairments.NONE, 100);

        assertThat(arrivals).hasSize(100);
        assertThat(arrivals).allMatch(a -> a.atMillis() == a.packet() * 20L);
    }

    @Test
    void theSameSeedHarmsTheSamePackets() {
        Impairments bad = new Impairments(3, 40, 1, 1, 42);

        assertThat(send(bad, 500)).isEqualTo(send(bad, 500));
        assertThat(send(bad, 500)).isNotEqualTo(send(bad.withSeed(43), 500));
    }

    @Test
    void aboutAsManyPacketsAreLostAsAskedFor() {
        assertThat(send(new Impairments(3, 0, 0, 0, 7), 10_000)).hasSizeBetween(9_640, 9_760);
        assertThat(send(new Impairments(100, 0, 0, 0, 7), 100)).isEmpty();
    }

    @Test
    void jitterDelaysWithinItsBoundsAndKeepsTheOrder() {
        List<Arrival> arrivals = send(new Impairments(0, 40, 0, 0, 3), 1_000);

        assertThat(arrivals).hasSize(1_000);
        assertThat(arrivals).isSortedAccordingTo((a, b) -> Integer.compare(a.packet(), b.packet()));
        assertThat(arrivals).allMatch(a -> a.atMillis() - a.packet() * 20L <= 81 && a.atMillis() >= a.packet() * 20L);
        assertThat(arrivals).anyMatch(a -> a.atMillis() - a.packet() * 20L > 70);
        assertThat(arrivals).anyMatch(a -> a.atMillis() - a.packet() * 20L < 20);
    }

    @Test
    void aReorderedPacketComesRightAfterTheNext() {
        List<Arrival> arrivals = send(new Impairments(0, 0, 100, 0, 3), 10);

        assertThat(arrivals.stream().map(Arrival::packet)).containsExactly(1, 0, 3, 2, 5, 4, 7, 6, 9, 8);
    }

    @Test
    void aDuplicateFollowsItsOriginal() {
        List<Arrival> arrivals = send(new Impairments(0, 0, 0, 100, 3), 3);

        assertThat(arrivals.stream().map(Arrival::packet)).containsExactly(0, 0, 1, 1, 2, 2);
    }

    @Test
    void lossStrikesTheSamePacketsWhateverElseIsAskedFor() {
        List<Integer> plain = send(new Impairments(5, 0, 0, 0, 9), 500).stream()
                .map(Arrival::packet)
                .sorted()
                .toList();
        List<Integer> more = send(new Impairments(5, 40, 0, 0, 9), 500).stream()
                .map(Arrival::packet)
                .sorted()
                .toList();

        assertThat(more).isEqualTo(plain);
    }

    @Test
    void impossibleFaultsAreRefused() {
        assertThatThrownBy(() -> new Impairments(101, 0, 0, 0, 1)).hasMessageContaining("loss");
        assertThatThrownBy(() -> new Impairments(0, -1, 0, 0, 1)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> new Impairments(0, 0, Double.NaN, 0, 1)).hasMessageContaining("reorder");
    }
}
