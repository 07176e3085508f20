package dev.trunkline.app.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * For people: time, level, words and pairs, in one line. Line breaks inside a message are shown as {@code \n} and what else would
 * command a terminal by its number.
 */
final class TextEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    private final DateTimeFormatter time =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    private final ThrowableProxyConverter stack = new ThrowableProxyConverter();

    @Override
    public void start() {
        stack.start();
        super.start();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        time.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        String level = event.getLevel().toString();
        line.append(' ').append(level).repeat(' ', Math.max(1, 6 - level.length()));
        line.append(shortName(event.getLoggerName())).append(": ");
        line.append(Printable.line(event.getFormattedMessage()));
        event.getMDCPropertyMap()
                .forEach(
                        (key, value) -> line.append(' ').append(key).append('=').append(Printable.line(value)));
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs()
                    .forEach(pair -> line.append(' ')
                            .append(pair.key)
                            .append('=')
                            .append(Printable.line(String.valueOf(pair.value))));
        }
        line.append(System.lineSeparator());
        if (event.getThrowableProxy() != null) {
            line.append(Printable.lines(stack.convert(event)));
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
