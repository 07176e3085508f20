package dev.trunkline.media.rtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A view of one RTP packet (RFC 3550, section 5) in somebody else's array: {@link #wrap} it anew for every datagram,
 * nothing is copied or allocated. SSRC and timestamp are 32-bit patterns: compare by equality or wrapping difference.
 * Used by one thread.
 */
public final class RtpPacket {

    /** Bytes of a header without CSRC and extension. */
    public static final int HEADER = 12;

    /** Why a datagram is no RTP packet. */
    public enum Fault {
        /** It is one. */
        NONE,
        /** Shorter than a header. */
        TOO_SHORT,
        /** Not version 2. */
        WRONG_VERSION,
        /** RTCP on the same port. */
        RTCP,
        /** The CSRC list or the extension goes beyond the end. */
        HEADER_CUT,
        /** The padding is longer than the payload, or zero. */
        WRONG_PADDING
    }

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();
    private static final byte[] EMPTY = new byte[HEADER];

    private byte[] buf = EMPTY;
    private int off;
    private int payloadOff = HEADER;
    private int payloadLen;

    /**
     * Looks at a datagram. After anything but {@link Fault#NONE} the other methods must not be asked.
     *
     * @throws IndexOutOfBoundsException if the range lies outside the array
     */
    public Fault wrap(byte[] datagram, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, datagram.length);
        if (length < HEADER) {
            return length >= 2 && Rtcp.isRtcp(datagram, offset, length) ? Fault.RTCP : Fault.TOO_SHORT;
        }
        int first = datagram[offset] & 0xFF;
        if (first >> 6 != 2) {
            return Fault.WRONG_VERSION;
        }
        if (Rtcp.isRtcp(datagram, offset, length)) {
            return Fault.RTCP;
        }
        int end = offset + length;
        int start = offset + HEADER + 4 * (first & 0x0F);
        if ((first & 0x10) != 0) {
            if (start + 4 > end) {
                return Fault.HEADER_CUT;
            }
            start += 4 + 4 * ((short) SHORT.get(datagram, start + 2) & 0xFFFF);
        }
        if (start > end) {
            return Fault.HEADER_CUT;
        }
        if ((first & 0x20) != 0) {
            int padding = end > start ? datagram[end - 1] & 0xFF : 0;
            if (padding == 0 || padding > end - start) {
                return Fault.WRONG_PADDING;
            }
            end -= padding;
        }
        buf = datagram;
        off = offset;
        payloadOff = start;
        payloadLen = end - start;
        return Fault.NONE;
    }

    /** Set on the first packet of a talkspurt or event. */
    public boolean marker() {
        return (buf[off + 1] & 0x80) != 0;
    }

    /** 0 to 127. */
    public int payloadType() {
        return buf[off + 1] & 0x7F;
    }

    /** 0 to 65535. */
    public int sequence() {
        return (short) SHORT.get(buf, off + 2) & 0xFFFF;
    }

    /** When the first sample was taken, in units of the codec's clock, modulo 2^32. */
    public int timestamp() {
        return (int) INT.get(buf, off + 4);
    }

    /** Who sends the stream. */
    public int ssrc() {
        return (int) INT.get(buf, off + 8);
    }

    /** How many contributing sources are listed, 0 to 15. */
    public int csrcCount() {
        return buf[off] & 0x0F;
    }

    /** One of the contributing sources. */
    public int csrc(int index) {
        Objects.checkIndex(index, csrcCount());
        return (int) INT.get(buf, off + HEADER + 4 * index);
    }

    /** The array that was wrapped. */
    public byte[] array() {
        return buf;
    }

    /** Where in the array the payload begins. */
    public int payloadOffset() {
        return payloadOff;
    }

    /** Payload bytes, padding taken off; may be 0. */
    public int payloadLength() {
        return payloadLen;
    }

    /**
     * Writes a header without CSRC and extension; the payload goes right behind it.
     *
     * @return bytes written, always {@link #HEADER}
     * @throws IndexOutOfBoundsException if it doesn't fit
     */
    public static int writeHeader(
            byte[] out, int offset, boolean marker, int payloadType, int sequence, int timestamp, int ssrc) {
        Objects.checkFromIndexSize(offset, HEADER, out.length);
        out[offset] = (byte) 0x80;
        out[offset + 1] = (byte) ((marker ? 0x80 : 0) | (payloadType & 0x7F));
        SHORT.set(out, offset + 2, (short) sequence);
        INT.set(out, offset + 4, timestamp);
        INT.set(out, offset + 8, ssrc);
        return HEADER;
    }
}
