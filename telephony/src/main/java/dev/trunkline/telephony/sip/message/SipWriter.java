package dev.trunkline.telephony.sip.message;

import java.nio.charset.StandardCharsets;

/** Writes messages as UTF-8 with CRLF line ends and a true Content-Length as the last header. */
final class SipWriter {

    private SipWriter() {}

    static byte[] write(SipMessage message) {
        StringBuilder head = new StringBuilder(512);
        head.append(message.startLine().replace('\r', ' ').replace('\n', ' ')).append("\r\n");
        for (SipHeaders.Header line : message.headers().lines()) {
            if (!line.name().equals(HeaderName.CONTENT_LENGTH)) {
                head.append(line.name()).append(": ").append(line.value()).append("\r\n");
            }
        }
        byte[] body = message.body();
        head.append(HeaderName.CONTENT_LENGTH).append(": ").append(body.length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
        if (body.length == 0) {
            return start;
        }
        byte[] whole = new byte[start.length + body.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        return whole;
    }
}
