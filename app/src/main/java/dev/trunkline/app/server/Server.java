package dev.trunkline.app.server;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.config.LogFormat;
import dev.trunkline.app.config.NodeName;
import dev.trunkline.app.engine.Engine;
import dev.trunkline.app.engine.StartException;
import dev.trunkline.app.health.Version;
import dev.trunkline.app.logging.Logs;
import dev.trunkline.app.web.ControlPlane;
import dev.trunkline.app.web.PortTakenException;
import dev.trunkline.persistence.memory.InMemorySessionStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Runs the server from its start to its stop: the engine first, the control plane beside it. */
public final class Server {

    private static final Logger LOG = System.getLogger(Server.class.getName());

    private Configuration settings;
    private final PrintStream out;

    /**
     * A server, not started.
     *
     * @param out where the ready lines go
     */
    public Server(Configuration settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /**
     * Runs until a signal stops it.
     *
     * @return the exit code
     * @throws StartException if it can't start
     */
    public int run() {
        Logs.use(settings.log());
        checkDataFolder();
        settings = named(settings);
        LOG.log(
                Level.INFO,
                "starting version={0} node={1} pid={2}",
                Version.number(),
                settings.node(),
                Long.toString(ProcessHandle.current().pid()));
        checkHttpPort();
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Engine engine = Engine.start(settings, new InMemorySessionStore(), metrics);
        LOG.log(
                Level.INFO,
                "calls are taken dial={0} millis_since_start={1}",
                engine.dialAddress(),
                Long.toString(ManagementFactory.getRuntimeMXBean().getUptime()));
        CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
        StopSignals.caught(() -> stop.complete(null), engine::endAtOnce);
        CompletableFuture<@Nullable ControlPlane> web = CompletableFuture.supplyAsync(
                () -> startWeb(engine, metrics, stop),
                task -> Thread.ofPlatform().name("control-plane").start(task));
        web.thenAcceptBoth(engine.ready().handle((ready, failure) -> failure == null), (plane, speaks) -> {
            if (speaks && !stop.isDone()) {
                ReadyNotice.tell(settings, engine, plane == null ? 0 : plane.port(), out);
            }
        });
        try {
            stop.join();
            LOG.log(Level.INFO, "stopping calls={0}", Integer.toString(engine.activeCalls()));
            waitForCalls(engine);
            return 0;
        } catch (CompletionException e) {
            if (e.getCause() instanceof StartException refused) {
                throw refused;
            }
            throw e;
        } finally {
            ControlPlane plane = web.getNow(null);
            if (plane != null) {
                plane.close();
            }
            engine.close();
            LOG.log(Level.INFO, "stopped");
        }
    }

    private void waitForCalls(Engine engine) {
        int calls = engine.activeCalls();
        if (calls > 0 && settings.log().format() == LogFormat.TEXT) {
            out.printf(
                    "%nWaiting for %d call%s to end, at most %d s; stop again to end at once.%n",
                    calls, calls == 1 ? "" : "s", settings.calls().drain().toSeconds());
            out.flush();
        }
        engine.drain(settings.calls().drain());
    }

    /** A port that is taken stops the start, as whoever starts it expects; whatever else fails here must not stop calls. */
    private @Nullable ControlPlane startWeb(
            Engine engine, PrometheusMeterRegistry metrics, CompletableFuture<@Nullable Void> stop) {
        try {
            ControlPlane plane = ControlPlane.start(settings.web(), engine, metrics);
            LOG.log(
                    Level.INFO,
                    "web is served port={0} millis_since_start={1}",
                    Integer.toString(plane.port()),
                    Long.toString(ManagementFactory.getRuntimeMXBean().getUptime()));
            return plane;
        } catch (PortTakenException e) {
            stop.completeExceptionally(new StartException(String.valueOf(e.getMessage()), e));
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, "the web page and the API can''t be served; calls go on", e);
        }
        return null;
    }

    private void checkDataFolder() {
        try {
            Files.createDirectories(settings.dataFolder());
        } catch (IOException e) {
            throw new StartException(
                    "the data folder " + settings.dataFolder() + " can't be made: " + e + "; see TRUNKLINE_DATA_DIR",
                    e);
        }
        if (!Files.isWritable(settings.dataFolder())) {
            throw new StartException(
                    "the data folder " + settings.dataFolder() + " can't be written to; see TRUNKLINE_DATA_DIR");
        }
    }

    private static Configuration named(Configuration settings) {
        if (!settings.node().isEmpty()) {
            return settings;
        }
        try {
            return settings.named(NodeName.keptIn(settings.dataFolder()));
        } catch (IOException e) {
            throw new StartException("the name of this server can't be kept: " + e + "; see TRUNKLINE_NODE", e);
        }
    }

    /** Before the first call is taken, for the control plane comes up seconds later. */
    private void checkHttpPort() {
        Configuration.Web web = settings.web();
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(web.bind(), web.port()));
        } catch (BindException e) {
            throw new StartException(
                    "HTTP port " + web.port() + " on " + web.bind().getHostAddress() + " can't be used ("
                            + e.getMessage() + "); set TRUNKLINE_HTTP_PORT to a free one",
                    e);
        } catch (IOException e) {
            throw new StartException(
                    "HTTP can't listen on " + web.bind().getHostAddress() + " port " + web.port() + ": "
                            + e.getMessage() + "; see TRUNKLINE_HTTP_BIND and TRUNKLINE_HTTP_PORT",
                    e);
        }
    }
}
