package dev.trunkline.caller.wire;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.resample.FrameResampler;
import dev.trunkline.media.rtp.RtpPacket;
import java.util.Arrays;
import java.util.Random;

/**
 * Makes the packets of one stream: frames of 20 ms in its codec and the events of RFC 4733, whose time the audio's clock
 * goes on counting. Used by one thread.
 */
final class RtpSender {

    private static final int LARGEST_PAYLOAD = 1_275;
    private static final int EVENT_VOLUME = 10;
    private static final int EVENT_BYTES = 4;
    private static final String DIGITS = "0123456789*#ABCD";

    private final Codec codec;
    private final int eventType;
    private final int frame;
    private final int units;
    private final FrameResampler resampler;
    private final int ssrc;
    private int sequence;
    private int timestamp;
    private int eventStart;
    private boolean marker = true;

    /**
     * A stream that begins at a random place, as RFC 3550 asks for.
     *
     * @param eventType payload type of telephone events; negative if there is none
     * @param frame samples of a packet, at 8 kHz
     */
    RtpSender(Codec codec, int eventType, int frame, Random random) {
        this.codec = codec;
        this.eventType = eventType;
        this.frame = frame;
        this.units = frame * (codec.clockRate() / 1_000) / 8;
        this.resampler = new FrameResampler(8_000, codec.sampleRate());
        this.ssrc = random.nextInt();
        this.sequence = random.nextInt() & 0xFFFF;
        this.timestamp = random.nextInt();
    }

    int ssrc() {
        return ssrc;
    }

    boolean hasEvents() {
        return eventType >= 0;
    }

    /** One frame of sound; what is missing at the end of the array is silence. */
    byte[] audio(short[] pcm, int offset) {
        short[] samples = new short[frame];
        int count = Math.clamp(pcm.length - offset, 0, frame);
        System.arraycopy(pcm, Math.min(offset, pcm.length), samples, 0, count);
        short[] fitting = new short[resampler.maxOutput(frame)];
        int fitted = resampler.process(samples, 0, frame, fitting, 0);
        byte[] packet = new byte[RtpPacket.HEADER + LARGEST_PAYLOAD];
        RtpPacket.writeHeader(packet, 0, marker, codec.payloadType(), sequence, timestamp, ssrc);
        int length = codec.encode(fitting, 0, fitted, packet, RtpPacket.HEADER);
        sequence = sequence + 1 & 0xFFFF;
        timestamp += units;
        marker = false;
        return Arrays.copyOf(packet, RtpPacket.HEADER + length);
    }

    /** One packet of a key being held; the clock moves on by a frame, but for repetitions of the end. */
    byte[] event(char digit, int round, boolean end, boolean repetition) {
        if (round == 0) {
            eventStart = timestamp;
        }
        if (!repetition) {
            timestamp += units;
        }
        int duration = (round + 1) * units;
        byte[] packet = new byte[RtpPacket.HEADER + EVENT_BYTES];
        RtpPacket.writeHeader(packet, 0, round == 0, eventType, sequence, eventStart, ssrc);
        packet[RtpPacket.HEADER] = (byte) DIGITS.indexOf(digit);
        packet[RtpPacket.HEADER + 1] = (byte) (end ? 0x80 | EVENT_VOLUME : EVENT_VOLUME);
        packet[RtpPacket.HEADER + 2] = (byte) (duration >> 8);
        packet[RtpPacket.HEADER + 3] = (byte) duration;
        sequence = sequence + 1 & 0xFFFF;
        // the first sound after a key begins a talkspurt
        marker = true;
        return packet;
    }
}
