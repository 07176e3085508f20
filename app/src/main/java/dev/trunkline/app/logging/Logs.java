package dev.trunkline.app.logging;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.config.LogFormat;
import dev.trunkline.app.config.LogLevel;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets logging up: through a queue of its own, so that a slow terminal never holds up a call (lines are dropped before that).
 * The server logs to standard output. Logback finds this class by itself, for commands that set nothing: those tell warnings
 * on standard error.
 */
public final class Logs extends ContextAwareBase implements Configurator {

    private static final int QUEUE = 4096;

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        install(context, LogFormat.TEXT, LogLevel.WARN, ConsoleTarget.SystemErr);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Logs as the settings say, from now on. */
    public static void use(Configuration.Log settings) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        install(context, settings.format(), settings.level(), ConsoleTarget.SystemOut);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** Writes what is still in the queue. */
    public static void flush() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }

    private static void install(LoggerContext context, LogFormat format, LogLevel level, ConsoleTarget target) {
        EncoderBase<ILoggingEvent> encoder = format == LogFormat.JSON ? new JsonEncoder() : new TextEncoder();
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("console");
        console.setEncoder(encoder);
        console.setTarget(target.getName());
        console.start();
        AsyncAppender queue = new AsyncAppender();
        queue.setContext(context);
        queue.setName("queue");
        queue.setQueueSize(QUEUE);
        queue.setNeverBlock(true);
        queue.setDiscardingThreshold(0);
        queue.addAppender(console);
        queue.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(queue);
        root.setLevel(others(level));
        // warns with every text that it speaks
        context.getLogger("marytts").setLevel(Level.ERROR);
        // whoever starts Spring tells of its failure, in one line
        context.getLogger("org.springframework.boot.SpringApplication").setLevel(Level.OFF);
        context.getLogger("org.springframework.boot.diagnostics").setLevel(Level.OFF);
        context.getLogger("dev.trunkline").setLevel(Level.valueOf(level.name()));
    }

    /** Libraries tell less than we do. */
    private static Level others(LogLevel ours) {
        return switch (ours) {
            case ERROR -> Level.ERROR;
            case WARN, INFO -> Level.WARN;
            case DEBUG -> Level.INFO;
        };
    }
}
