package dev.trunkline.app.server;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.config.LogFormat;
import dev.trunkline.app.engine.Engine;
import dev.trunkline.app.health.Version;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Tells whoever started the server that it is ready, and what they can do now. */
final class ReadyNotice {

    private static final Logger LOG = System.getLogger(ReadyNotice.class.getName());

    private ReadyNotice() {}

    static void tell(Configuration settings, Engine engine, int httpPort, PrintStream out) {
        String web = httpPort > 0 ? webAddress(settings.web().bind(), httpPort) : "not available; see the log";
        if (settings.log().format() == LogFormat.JSON) {
            LOG.log(
                    Level.INFO,
                    "ready version={0} web={1} dial={2} models=\"{3}\" agents=\"{4}\"",
                    Version.number(),
                    web,
                    engine.dialAddress(),
                    engine.modelsDescription(),
                    String.join(", ", engine.agentsDescription()));
            return;
        }
        out.printf(
                """

                Trunkline %s is ready.

                  Web      %s
                  Dial     %s   (echo test: %s)
                  Agents   %s
                  Models   %s
                  Data     %s
                  Try      ./trunkline call --say "What are your opening hours?"%s
                  Stop     Ctrl-C

                """,
                Version.number(),
                web,
                engine.dialAddress(),
                engine.echoAddress(),
                String.join(", ", engine.agentsDescription()),
                engine.modelsDescription(),
                settings.dataFolder(),
                settings.network().sipPort() == 5060 ? "" : " --to " + engine.dialAddress());
        out.flush();
    }

    private static String webAddress(InetAddress bind, int port) {
        String host = bind.isAnyLocalAddress() ? "127.0.0.1" : bind.getHostAddress();
        return "http://" + (bind instanceof Inet6Address && !bind.isAnyLocalAddress() ? "[" + host + "]" : host) + ":"
                + port + "/";
    }
}
