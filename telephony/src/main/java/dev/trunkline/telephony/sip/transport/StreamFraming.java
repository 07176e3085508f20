package dev.trunkline.telephony.sip.transport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream into messages by Content-Length (RFC 3261, 18.3) however its bytes arrive, and finds the double line end
 * between messages that asks for a sign of life (RFC 5626, 4.4.1). After a fault everything is dropped: nobody can know
 * where the next message begins. One object a connection; SIP thread only.
 */
final class StreamFraming {

    /** Takes what has been found, in the order of the stream. */
    interface Sink {

        void onMessage(byte[] message);

        void onPing();

        void onFault(byte[] begun, StreamFault fault);
    }

    private enum State {
        GAP,
        HEAD,
        BODY,
        BROKEN
    }

    private static final int MISSING = -1;
    private static final int BAD = -2;
    private static final int FIRST_SIZE = 1_024;

    private final int mostHead;
    private final int mostMessage;
    private final Sink sink;
    private State state = State.GAP;
    private byte[] buffer = {};
    private int size;
    private int wanted;
    private int lineStart;
    private int lineEnds;
    private boolean firstLine;

    /**
     * At the beginning of a stream.
     *
     * @param mostHead most bytes of start line and headers
     * @param mostMessage most bytes of a message
     */
    StreamFraming(int mostHead, int mostMessage, Sink sink) {
        this.mostHead = mostHead;
        this.mostMessage = mostMessage;
        this.sink = sink;
    }

    /** True if a message has begun that is not whole. */
    boolean isWithinMessage() {
        return state == State.HEAD || state == State.BODY;
    }

    /** True if the stream is of no more use. */
    boolean isBroken() {
        return state == State.BROKEN;
    }

    /** The connection is over: what still comes is dropped. */
    void stop() {
        state = State.BROKEN;
        buffer = new byte[0];
    }

    /** Takes the next bytes. */
    void feed(byte[] in) {
        int at = 0;
        while (at < in.length && state != State.BROKEN) {
            at = switch (state) {
                case GAP -> gap(in, at);
                case HEAD -> head(in, at);
                case BODY -> body(in, at);
                case BROKEN -> in.length;
            };
        }
    }

    private int gap(byte[] in, int from) {
        for (int i = from; i < in.length; i++) {
            byte b = in[i];
            if (b == '\n') {
                if (++lineEnds == 2) {
                    lineEnds = 0;
                    sink.onPing();
                    return i + 1;
                }
            } else if (b != '\r') {
                state = State.HEAD;
                size = 0;
                lineStart = 0;
                lineEnds = 0;
                firstLine = true;
                return i;
            }
        }
        return in.length;
    }

    private int head(byte[] in, int from) {
        for (int i = from; i < in.length; i++) {
            byte b = in[i];
            if (size >= mostHead) {
                fail(StreamFault.TOO_LARGE);
                return in.length;
            }
            append(b);
            if (firstLine && b < ' ' && b >= 0 && b != '\r' && b != '\n' && b != '\t') {
                fail(StreamFault.NO_SIP);
                return in.length;
            }
            if (b == '\n' && endsLine()) {
                return i + 1;
            }
        }
        return in.length;
    }

    /** Looks at the line that has just ended; true if the state has changed with it. */
    private boolean endsLine() {
        int length = size - lineStart - 1;
        boolean empty = length == 0 || length == 1 && buffer[lineStart] == '\r';
        lineStart = size;
        if (firstLine) {
            firstLine = false;
            if (!new String(buffer, 0, size, StandardCharsets.ISO_8859_1).contains("SIP/")) {
                fail(StreamFault.NO_SIP);
                return true;
            }
        }
        if (empty) {
            endOfHead();
        }
        return empty;
    }

    private void endOfHead() {
        int length = contentLength();
        if (length < 0) {
            fail(length == MISSING ? StreamFault.NO_LENGTH : StreamFault.BAD_LENGTH);
        } else if (length > mostMessage - size) {
            fail(StreamFault.TOO_LARGE);
        } else {
            wanted = size + length;
            state = State.BODY;
            if (length == 0) {
                whole();
            } else if (buffer.length < wanted) {
                buffer = Arrays.copyOf(buffer, wanted);
            }
        }
    }

    private int body(byte[] in, int from) {
        int taken = Math.min(wanted - size, in.length - from);
        System.arraycopy(in, from, buffer, size, taken);
        size += taken;
        if (size == wanted) {
            whole();
        }
        return from + taken;
    }

    private void whole() {
        byte[] message = Arrays.copyOf(buffer, size);
        buffer = new byte[0];
        state = State.GAP;
        sink.onMessage(message);
    }

    private void fail(StreamFault fault) {
        byte[] begun = Arrays.copyOf(buffer, size);
        stop();
        sink.onFault(begun, fault);
    }

    private void append(byte b) {
        if (size == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(FIRST_SIZE, size * 2));
        }
        buffer[size++] = b;
    }

    private int contentLength() {
        int length = MISSING;
        String[] lines = new String(buffer, 0, size, StandardCharsets.ISO_8859_1)
                .replaceAll("\r?\n[ \t]+", " ")
                .split("\r?\n");
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 0) {
                continue;
            }
            String name = lines[i].substring(0, colon).strip();
            if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("l")) {
                int given = number(lines[i].substring(colon + 1).strip());
                if (given == BAD || length != MISSING && length != given) {
                    return BAD;
                }
                length = given;
            }
        }
        return length;
    }

    private static int number(String text) {
        if (text.isEmpty() || text.length() > 9) {
            return text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9') ? BAD : Integer.MAX_VALUE;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return BAD;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
