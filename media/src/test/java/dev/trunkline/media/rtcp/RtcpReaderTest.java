package dev.trunkline.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.media.rtcp.RtcpPacket.Goodbye;
import dev.trunkline.media.rtcp.RtcpPacket.ReceiverReport;
import dev.trunkline.media.rtcp.RtcpPacket.SenderReport;
import dev.trunkline.media.rtcp.RtcpPacket.Source;
import dev.trunkline.media.rtcp.RtcpPacket.SourceDescription;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtcpReaderTest {

    private static final ReportBlock BLOCK =
            new ReportBlock(0xCAFEBABE, 25, -3, 0x0001_FFFE, 0xFFFF_FFFFL, 0x89AB_CDEF, 0x0001_8000);

    private final byte[] wire = new byte[RtcpReporter.LARGEST];

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static RtcpReader.Reading read(byte[] datagram) {
        return RtcpReader.read(datagram, 0, datagram.length);
    }

    @Test
    void whatIsWrittenIsRead() {
        int length = new RtcpWriter(wire, 3)
                .senderReport(0xFEDCBA98, 0xE0000001_80000000L, -5, -2, 160, List.of(BLOCK))
                .sourceDescription(0xFEDCBA98, text("anna@trunkline"))
                .goodbye(0xFEDCBA98, text("session ended"))
                .length();

        RtcpReader.Reading reading = RtcpReader.read(wire, 3, length);

        assertThat(reading.malformed()).isFalse();
        assertThat(reading.packets())
                .containsExactly(
                        new SenderReport(0xFEDCBA98, 0xE0000001_80000000L, -5, -2, 160, List.of(BLOCK)),
                        new SourceDescription(List.of(new Source(0xFEDCBA98, "anna@trunkline"))),
                        new Goodbye(List.of(0xFEDCBA98), "session ended"));
    }

    @Test
    void namesOfEveryLengthKeepTheWordsInStep() {
        for (int length = 0; length <= 255; length++) {
            byte[] name = new byte[length];
            Arrays.fill(name, (byte) 'x');
            int written = new RtcpWriter(wire, 0)
                    .receiverReport(1, List.of())
                    .sourceDescription(1, name)
                    .goodbye(1, null)
                    .length();

            assertThat(written % 4).isZero();
            assertThat(RtcpReader.read(wire, 0, written).packets())
                    .containsExactly(
                            new ReceiverReport(1, List.of()),
                            new SourceDescription(List.of(new Source(1, "x".repeat(length)))),
                            new Goodbye(List.of(1), ""));
        }
    }

    @Test
    void bytesOfTheStandardsPicture() {
        // an RR with one block, an SDES with two sources of which one has no name, and padding at the end
        byte[] datagram = hex("81c90007 00000011 00000022 40fffffe 00010002 00000010 aabbccdd 00010000"
                + "82ca0006 00000022 0103612e62 00 00 00 00000033 0201 6100 00000000"
                + "a0c90002 00000011 00000004");

        RtcpReader.Reading reading = read(datagram);

        assertThat(reading.malformed()).isFalse();
        assertThat(reading.packets())
                .containsExactly(
                        new ReceiverReport(
                                0x11,
                                List.of(new ReportBlock(0x22, 64, -2, 0x0001_0002, 16, 0xAABB_CCDD, 0x0001_0000))),
                        new SourceDescription(List.of(new Source(0x22, "a.b"), new Source(0x33, null))),
                        new ReceiverReport(0x11, List.of()));
    }

    @Test
    void unknownTypesAreSkippedByTheirLength() {
        byte[] datagram = hex(
                "80c90001 00000011" // RR
                        + "80cc0002 00000011 41424344" // APP
                        + "81cd0003 00000011 00000022 00010000" // RTPFB
                        + "80cf0001 00000011" // XR
                        + "81cb0001 00000011"); // BYE

        RtcpReader.Reading reading = read(datagram);

        assertThat(reading.malformed()).isFalse();
        assertThat(reading.skipped()).isEqualTo(3);
        assertThat(reading.packets())
                .containsExactly(new ReceiverReport(0x11, List.of()), new Goodbye(List.of(0x11), ""));
    }

    @Test
    void whatDoesNotAddUpCountsAsMalformedAsAWhole() {
        for (String bad : List.of(
                "", // nothing
                "80c9", // cut in the header
                "80c90001", // cut behind it
                "40c90001 00000011", // version 1
                "80c90001 00000011 00", // a rest
                "82c90007 00000011 00000022 40fffffe 00010002 00000010 aabbccdd 00010000", // two blocks, room for one
                "81c80006 00000011 00000022 40fffffe 00010002 00000010 aabbccdd 00010000", // SR shorter than its
                // sender's part
                "80c90001 00000011 81ca0002 00000011 01ff6162", // a name beyond the end
                "80c90001 00000011 81ca0002 00000011 01026162", // no end of the items
                "80c90001 00000011 82cb0001 00000011", // two sources, room for one
                "80c90001 00000011 81cb0002 00000011 04616263", // a reason beyond the end
                "a0c90001 00000000", // padding of nothing
                "a0c90001 000000ff", // more padding than packet
                "a0c90002 00000011 00000004 80c90001 00000011", // padding that is not the last
                "80bf0001 00000011")) { // no type of RTCP
            RtcpReader.Reading reading = read(hex(bad));

            assertThat(reading.malformed()).as(bad).isTrue();
            assertThat(reading.packets()).isEmpty();
        }
    }

    @Test
    void noDatagramThrows() {
        Random random = new Random(7);
        int length = new RtcpWriter(wire, 0)
                .senderReport(1, 2, 3, 4, 5, List.of(BLOCK, BLOCK))
                .sourceDescription(1, text("name"))
                .goodbye(1, text("bye"))
                .length();
        byte[] good = Arrays.copyOf(wire, length);
        int malformed = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int flips = random.nextInt(6); flips > 0 && bad.length > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            malformed += read(bad).malformed() ? 1 : 0;
        }
        assertThat(malformed).isGreaterThan(50_000);
    }
}
