package dev.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who is new on a shared port, in virtual time. */
class SourceTableTest {

    private static final long MILLI = 1_000_000;

    private final SourceTable table = new SourceTable();
    private final InetSocketAddress one = at(5_000);

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void twoPacketsInARowProveASource() {
        assertThat(table.proves(one, 7, 65_535)).isFalse();
        assertThat(table.proves(one, 7, 0)).isTrue();
    }

    @Test
    void packetsThatDoNotFollowEachOtherProveNothing() {
        assertThat(table.proves(one, 7, 100)).isFalse();
        assertThat(table.proves(one, 7, 100)).as("the same again").isFalse();
        assertThat(table.proves(one, 7, 99)).as("the one before").isFalse();
        assertThat(table.proves(one, 7, 900)).as("far ahead").isFalse();
        assertThat(table.proves(one, 8, 901)).as("another stream").isFalse();
        assertThat(table.proves(at(5_002), 7, 902)).as("another address").isFalse();
    }

    @Test
    void anAddressMaySendSeveralStreams() {
        SourceTable.Source first = table.add(one, 7, 0);
        SourceTable.Source second = table.add(one, 8, 0);

        assertThat(table.find(one, 7)).isSameAs(first);
        assertThat(table.find(one, 8)).isSameAs(second);
        assertThat(table.find(one, 9)).isNull();
        assertThat(table.findByHost(at(5_001), 8)).isSameAs(second);
    }

    @Test
    void whoseSessionIsOverIsKnownUntilItHasBeenSilent() {
        SourceTable.Source source = table.add(one, 7, 0);
        table.end(source);
        source.lastHeard = 1_000 * MILLI;

        table.sweep(5_900 * MILLI);
        assertThat(table.find(one, 7)).isSameAs(source);
        table.sweep(6_100 * MILLI);
        assertThat(table.find(one, 7)).isNull();
        assertThat(table.over()).isZero();
    }

    @Test
    void whoHasASessionIsNeverForgotten() {
        SourceTable.Source source = table.add(one, 7, 0);
        table.end(table.add(one, 8, 0));

        table.sweep(100_000 * MILLI);

        assertThat(table.find(one, 7)).isSameAs(source);
        assertThat(table.find(one, 8)).isNull();
    }

    @Test
    void aFloodOfInventedSourcesProvesNothingAndKeepsNobodyOut() {
        Random random = new Random(4);
        int proven = 0;
        boolean in = false;
        int tries = 0;
        for (int sequence = 0; !in && tries < 20; sequence++) {
            tries++;
            // 10,000 a second between two packets of a real source
            for (int i = 0; i < 200; i++) {
                proven += table.proves(at(1_024 + random.nextInt(60_000)), random.nextInt(), random.nextInt(65_536))
                        ? 1
                        : 0;
            }
            in = table.proves(one, 7, sequence);
        }
        assertThat(in).isTrue();
        assertThat(proven).isZero();
    }
}
