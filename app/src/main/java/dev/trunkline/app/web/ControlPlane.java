package dev.trunkline.app.web;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.engine.EngineView;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The running control plane. */
public final class ControlPlane implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final int port;

    private ControlPlane(ConfigurableApplicationContext context, int port) {
        this.context = context;
        this.port = port;
    }

    /**
     * Starts it; blocks until it serves.
     *
     * @param web where it listens; port 0 takes any that is free
     * @throws PortTakenException if somebody else has the port
     */
    public static ControlPlane start(Configuration.Web web, EngineView engine, PrometheusMeterRegistry metrics) {
        // logging is ours, and set up already
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        SpringApplication application = new SpringApplication(WebApplication.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        application.addInitializers(context -> {
            // before all other sources: Trunkline's settings are the only ones
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("trunkline", properties(web)));
            // as ready objects: Spring would close what it made, and the engine with it when it fails or stops
            context.getBeanFactory().registerSingleton("engine", engine);
            context.getBeanFactory().registerSingleton("metrics", metrics);
        });
        application.setDefaultProperties(Map.of(
                "spring.main.banner-mode", "off",
                "spring.config.location", "optional:classpath:/none/"));
        try {
            ConfigurableApplicationContext context = application.run();
            WebServer server = ((ServletWebServerApplicationContext) context).getWebServer();
            int port = server == null ? web.port() : server.getPort();
            return new ControlPlane(context, port);
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof PortInUseException) {
                    throw new PortTakenException(web.port(), e);
                }
            }
            throw e;
        }
    }

    private static Map<String, Object> properties(Configuration.Web web) {
        return Map.of(
                "server.address",
                web.bind().getHostAddress(),
                "server.port",
                web.port(),
                "server.shutdown",
                "immediate",
                "server.error.whitelabel.enabled",
                false,
                "server.tomcat.max-http-form-post-size",
                "1MB",
                "spring.threads.virtual.enabled",
                true,
                "spring.mvc.problemdetails.enabled",
                true,
                "spring.web.resources.cache.cachecontrol.max-age",
                "60s");
    }

    /** The port it really listens on. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        context.close();
    }
}
