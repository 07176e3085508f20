package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.transport.VirtualScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest {

    private final List<String> lines = new ArrayList<>();
    private final VirtualScheduler clock = new VirtualScheduler();
    private final RateLimitedLog log = new RateLimitedLog(
            new System.Logger() {
                @Override
                public String getName() {
                    return "test";
                }

                @Override
                public boolean isLoggable(Level level) {
                    return true;
                }

                @Override
                public void log(
                        Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable e) {
                    lines.add(String.valueOf(message));
                }

                @Override
                public void log(
                        Level level,
                        @Nullable ResourceBundle bundle,
                        @Nullable String format,
                        @Nullable Object @Nullable ... parameters) {
                    lines.add(String.valueOf(format));
                }
            },
            clock);

    @Test
    void oneLineAMinuteForEachKindAndSource() {
        for (int i = 0; i < 1_000; i++) {
            log.warn("header", "192.0.2.1", "a");
            log.warn("header", "192.0.2.2", "b");
            log.warn("body", "192.0.2.1", "c");
        }
        assertThat(lines).containsExactly("a", "b", "c");
        clock.advance(60_000);
        log.warn("header", "192.0.2.1", "again");
        assertThat(lines).endsWith("again").hasSize(4);
    }

    @Test
    void aFloodFromManySourcesIsNoFloodOfLines() {
        for (int i = 0; i < 100_000; i++) {
            log.warn("header", "source-" + i, "x");
        }
        assertThat(lines).hasSize(20);
        clock.advance(1_000);
        log.warn("header", "late", "y");
        assertThat(lines).hasSize(21);
    }
}
