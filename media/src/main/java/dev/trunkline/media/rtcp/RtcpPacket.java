package dev.trunkline.media.rtcp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the packets that a compound packet is made of; the kinds that we understand. Immutable. */
public sealed interface RtcpPacket {

    /**
     * From one who sends sound.
     *
     * @param ssrc the sender
     * @param ntpTime when it was sent, 32 bits of seconds since 1900 and 32 of fraction; 0 if the sender has no clock
     * @param rtpTimestamp the same moment on the RTP clock
     * @param packets sent since the beginning, 32 bits without sign
     * @param octets of payload sent since the beginning, 32 bits without sign
     * @param blocks what the sender hears of others
     */
    record SenderReport(int ssrc, long ntpTime, int rtpTimestamp, int packets, int octets, List<ReportBlock> blocks)
            implements RtcpPacket {
        public SenderReport {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * From one who only listens.
     *
     * @param ssrc the listener
     * @param blocks what it hears of others
     */
    record ReceiverReport(int ssrc, List<ReportBlock> blocks) implements RtcpPacket {
        public ReceiverReport {
            blocks = List.copyOf(blocks);
        }
    }

    /** Who the sources are. */
    record SourceDescription(List<Source> sources) implements RtcpPacket {
        public SourceDescription {
            sources = List.copyOf(sources);
        }
    }

    /**
     * One described source.
     *
     * @param cname its canonical name, null if the description has none
     */
    record Source(int ssrc, @Nullable String cname) {}

    /**
     * Sources leave.
     *
     * @param reason empty if none is given
     */
    record Goodbye(List<Integer> sources, String reason) implements RtcpPacket {
        public Goodbye {
            sources = List.copyOf(sources);
        }
    }
}
