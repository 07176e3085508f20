package dev.trunkline.media.rtcp;

import dev.trunkline.media.rtcp.RtcpPacket.Goodbye;
import dev.trunkline.media.rtcp.RtcpPacket.ReceiverReport;
import dev.trunkline.media.rtcp.RtcpPacket.SenderReport;
import dev.trunkline.media.rtcp.RtcpPacket.Source;
import dev.trunkline.media.rtcp.RtcpPacket.SourceDescription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads compound packets (RFC 3550, section 6). Types that we do not know (APP, feedback, extended reports) are skipped by
 * their length; reduced-size packets that begin with something else than a report (RFC 5506) are taken too. Nothing of a
 * datagram counts whose lengths or versions do not add up. Stateless, for all threads; never throws for what is inside.
 */
public final class RtcpReader {

    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int GOODBYE = 203;
    static final int CNAME = 1;

    private static final int HEADER = 4;
    private static final int SENDER_INFO = 24;

    /**
     * What a datagram held.
     *
     * @param packets in order; none if it was malformed
     * @param skipped packets of unknown types
     * @param malformed whether it was no compound packet
     */
    public record Reading(List<RtcpPacket> packets, int skipped, boolean malformed) {
        static final Reading MALFORMED = new Reading(List.of(), 0, true);

        public Reading {
            packets = List.copyOf(packets);
        }
    }

    private RtcpReader() {}

    /**
     * Reads one datagram.
     *
     * @throws IndexOutOfBoundsException if the range lies outside the array
     */
    public static Reading read(byte[] datagram, int off, int len) {
        Objects.checkFromIndexSize(off, len, datagram.length);
        int end = off + len;
        int at = off;
        int skipped = 0;
        List<RtcpPacket> packets = new ArrayList<>(3);
        while (at < end) {
            if (end - at < HEADER || (datagram[at] & 0xC0) != 0x80) {
                return Reading.MALFORMED;
            }
            int next = at + 4 + 4 * unsignedShort(datagram, at + 2);
            int type = datagram[at + 1] & 0xFF;
            if (next > end || type < 192 || type > 223) {
                return Reading.MALFORMED;
            }
            int packetEnd = next;
            if ((datagram[at] & 0x20) != 0) {
                // only the last one may be padded
                int padding = datagram[next - 1] & 0xFF;
                if (next != end || padding == 0 || padding > next - at - HEADER) {
                    return Reading.MALFORMED;
                }
                packetEnd -= padding;
            }
            if (type < SENDER_REPORT || type > GOODBYE) {
                skipped++;
            } else {
                RtcpPacket packet = packet(type, datagram, at, packetEnd);
                if (packet == null) {
                    return Reading.MALFORMED;
                }
                packets.add(packet);
            }
            at = next;
        }
        return len == 0 ? Reading.MALFORMED : new Reading(packets, skipped, false);
    }

    private static @Nullable RtcpPacket packet(int type, byte[] buf, int at, int end) {
        int count = buf[at] & 0x1F;
        return switch (type) {
            case SENDER_REPORT -> senderReport(buf, at, end, count);
            case RECEIVER_REPORT -> receiverReport(buf, at, end, count);
            case SOURCE_DESCRIPTION -> sourceDescription(buf, at + HEADER, end, count);
            default -> goodbye(buf, at + HEADER, end, count);
        };
    }

    private static @Nullable RtcpPacket senderReport(byte[] buf, int at, int end, int count) {
        int blocks = at + HEADER + SENDER_INFO;
        if (blocks + count * ReportBlock.LENGTH > end) {
            return null;
        }
        long ntp = (long) word(buf, at + 8) << 32 | word(buf, at + 12) & 0xFFFF_FFFFL;
        return new SenderReport(
                word(buf, at + 4),
                ntp,
                word(buf, at + 16),
                word(buf, at + 20),
                word(buf, at + 24),
                blocks(buf, blocks, count));
    }

    private static @Nullable RtcpPacket receiverReport(byte[] buf, int at, int end, int count) {
        int blocks = at + 2 * HEADER;
        if (blocks + count * ReportBlock.LENGTH > end) {
            return null;
        }
        return new ReceiverReport(word(buf, at + 4), blocks(buf, blocks, count));
    }

    private static List<ReportBlock> blocks(byte[] buf, int first, int count) {
        List<ReportBlock> blocks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int at = first + i * ReportBlock.LENGTH;
            int losses = word(buf, at + 4);
            blocks.add(new ReportBlock(
                    word(buf, at),
                    losses >>> 24,
                    losses << 8 >> 8,
                    word(buf, at + 8),
                    word(buf, at + 12) & 0xFFFF_FFFFL,
                    word(buf, at + 16),
                    word(buf, at + 20)));
        }
        return blocks;
    }

    private static @Nullable RtcpPacket sourceDescription(byte[] buf, int first, int end, int count) {
        List<Source> sources = new ArrayList<>(count);
        int at = first;
        for (int i = 0; i < count; i++) {
            if (at + 4 > end) {
                return null;
            }
            int ssrc = word(buf, at);
            String cname = null;
            int item = at + 4;
            while (item < end && buf[item] != 0) {
                if (item + 2 > end || item + 2 + (buf[item + 1] & 0xFF) > end) {
                    return null;
                }
                int length = buf[item + 1] & 0xFF;
                if (buf[item] == CNAME) {
                    cname = new String(buf, item + 2, length, StandardCharsets.UTF_8);
                }
                item += 2 + length;
            }
            if (item >= end) {
                return null;
            }
            sources.add(new Source(ssrc, cname));
            // one zero ends the items, more of them fill the word
            at += (item - at) / 4 * 4 + 4;
        }
        return at > end ? null : new SourceDescription(sources);
    }

    private static @Nullable RtcpPacket goodbye(byte[] buf, int first, int end, int count) {
        int at = first + 4 * count;
        if (at > end) {
            return null;
        }
        List<Integer> sources = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sources.add(word(buf, first + 4 * i));
        }
        String reason = "";
        if (at < end) {
            int length = buf[at] & 0xFF;
            if (at + 1 + length > end) {
                return null;
            }
            reason = new String(buf, at + 1, length, StandardCharsets.UTF_8);
        }
        return new Goodbye(sources, reason);
    }

    private static int word(byte[] buf, int at) {
        return (buf[at] & 0xFF) << 24 | (buf[at + 1] & 0xFF) << 16 | (buf[at + 2] & 0xFF) << 8 | buf[at + 3] & 0xFF;
    }

    private static int unsignedShort(byte[] buf, int at) {
        return (buf[at] & 0xFF) << 8 | buf[at + 1] & 0xFF;
    }
}
