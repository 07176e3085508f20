package dev.trunkline.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.media.rtp.RtpPacket.Fault;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpPacketTest {

    private final RtpPacket packet = new RtpPacket();

    @Test
    void whatIsWrittenIsReadBack() {
        byte[] out = new byte[200];
        int n = RtpPacket.writeHeader(out, 5, true, 101, 65_535, 0x8000_0001, 0xDEAD_BEEF);
        assertThat(n).isEqualTo(12);
        assertThat(packet.wrap(out, 5, 12 + 160)).isEqualTo(Fault.NONE);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(101);
        assertThat(packet.sequence()).isEqualTo(65_535);
        assertThat(packet.timestamp()).isEqualTo(0x8000_0001);
        assertThat(packet.ssrc()).isEqualTo(0xDEAD_BEEF);
        assertThat(packet.csrcCount()).isZero();
        assertThat(packet.payloadOffset()).isEqualTo(17);
        assertThat(packet.payloadLength()).isEqualTo(160);
        assertThat(packet.array()).isSameAs(out);
    }

    @Test
    void theBytesAreThoseOfTheRfc() {
        byte[] out = new byte[12];
        RtpPacket.writeHeader(out, 0, false, 8, 0x1234, 0x01020304, 0x05060708);
        assertThat(out).containsExactly(0x80, 8, 0x12, 0x34, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void contributingSourcesExtensionAndPaddingAreNotPayload() {
        byte[] p = new byte[12 + 8 + 4 + 8 + 10 + 3];
        RtpPacket.writeHeader(p, 0, false, 0, 1, 2, 3);
        p[0] = (byte) (0x80 | 0x20 | 0x10 | 2);
        p[15] = 77;
        p[23] = 2; // two words of extension
        p[p.length - 1] = 3;
        assertThat(packet.wrap(p, 0, p.length)).isEqualTo(Fault.NONE);
        assertThat(packet.csrcCount()).isEqualTo(2);
        assertThat(packet.csrc(0)).isEqualTo(77);
        assertThat(packet.payloadOffset()).isEqualTo(32);
        assertThat(packet.payloadLength()).isEqualTo(10);
        assertThatThrownBy(() -> packet.csrc(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void whatIsNoRtpPacketSaysWhy() {
        byte[] p = new byte[20];
        RtpPacket.writeHeader(p, 0, false, 0, 1, 2, 3);
        assertThat(packet.wrap(p, 0, 11)).isEqualTo(Fault.TOO_SHORT);
        assertThat(packet.wrap(p, 0, 0)).isEqualTo(Fault.TOO_SHORT);
        p[0] = 0x40;
        assertThat(packet.wrap(p, 0, 20)).isEqualTo(Fault.WRONG_VERSION);
        p[0] = (byte) 0x83;
        assertThat(packet.wrap(p, 0, 20)).isEqualTo(Fault.HEADER_CUT);
        p[0] = (byte) 0x90;
        p[15] = 2;
        assertThat(packet.wrap(p, 0, 20)).isEqualTo(Fault.HEADER_CUT);
        assertThat(packet.wrap(p, 0, 14)).isEqualTo(Fault.HEADER_CUT);
        p[0] = (byte) 0xA0;
        assertThat(packet.wrap(p, 0, 20)).isEqualTo(Fault.WRONG_PADDING);
        p[19] = 9;
        assertThat(packet.wrap(p, 0, 20)).isEqualTo(Fault.WRONG_PADDING);
        p[19] = 8;
        assertThat(packet.wrap(p, 0, 20)).isEqualTo(Fault.NONE);
        assertThat(packet.payloadLength()).isZero();
    }

    @Test
    void rtcpOnTheSamePortIsToldApart() {
        byte[] report = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 1};
        assertThat(Rtcp.isRtcp(report, 0, 8)).isTrue();
        assertThat(Rtcp.isRtcp(report, 0, 7)).isFalse();
        assertThat(packet.wrap(report, 0, 8)).isEqualTo(Fault.RTCP);
        for (int type = 0; type < 256; type++) {
            byte[] p = new byte[28];
            p[0] = (byte) 0x80;
            p[1] = (byte) type;
            assertThat(Rtcp.isRtcp(p, 0, 28)).isEqualTo(type >= 192 && type <= 223);
            assertThat(packet.wrap(p, 0, 28)).isEqualTo(type >= 192 && type <= 223 ? Fault.RTCP : Fault.NONE);
        }
    }

    @Test
    void noDatagramWhateverIsInItThrows() {
        Random random = new Random(4);
        int good = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] p = new byte[random.nextInt(200)];
            random.nextBytes(p);
            if (p.length > 0 && random.nextInt(4) > 0) {
                p[0] = (byte) (0x80 | (p[0] & random.nextInt(64)));
            }
            int off = p.length == 0 ? 0 : random.nextInt(p.length);
            int len = random.nextInt(p.length - off + 1);
            if (packet.wrap(p, off, len) == Fault.NONE) {
                good++;
                assertThat(packet.payloadOffset()).isGreaterThanOrEqualTo(off + 12);
                assertThat(packet.payloadLength()).isNotNegative();
                assertThat(packet.payloadOffset() + packet.payloadLength()).isLessThanOrEqualTo(off + len);
                for (int c = 0; c < packet.csrcCount(); c++) {
                    packet.csrc(c);
                }
            }
        }
        assertThat(good).isGreaterThan(2_000);
    }
}
