package dev.trunkline.app;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.config.ConfigurationException;
import dev.trunkline.app.config.SettingsPage;
import dev.trunkline.app.engine.StartException;
import dev.trunkline.app.health.Version;
import dev.trunkline.app.logging.Logs;
import dev.trunkline.app.server.Server;
import dev.trunkline.caller.CallCommand;
import dev.trunkline.caller.load.LoadCommand;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The program behind {@code ./trunkline}: its first word is the command. */
public final class Main {

    private static final int USAGE = 2;

    private Main() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments the command and what it takes
     */
    public static void main(String[] arguments) {
        Telemetry.off();
        int code = run(arguments, System.out, System.err);
        Logs.flush();
        System.out.flush();
        System.err.flush();
        System.exit(code);
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        String command = arguments.length == 0 ? "run" : arguments[0];
        String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            return switch (command) {
                case "run", "serve" -> serve(rest, out, err);
                case "call" -> call(rest, out, err);
                case "load" -> load(rest, out, err);
                case "config" -> config(rest, out, err);
                case "version" -> {
                    out.println("trunkline " + Version.number());
                    yield 0;
                }
                default -> {
                    err.println("trunkline: there is no command " + command);
                    yield USAGE;
                }
            };
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> err.println("trunkline: " + problem));
            return 1;
        } catch (StartException e) {
            err.println("trunkline: " + e.getMessage());
            return 1;
        }
    }

    private static int serve(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length > 0) {
            err.println("trunkline: run takes no options but settings: ./trunkline config shows them");
            return USAGE;
        }
        Configuration settings = Configuration.read(System.getenv(), Path.of(""));
        return new Server(settings, out).run();
    }

    /** Whom it calls if nobody is named: the server that runs with the same settings. */
    private static int call(String[] arguments, PrintStream out, PrintStream err) {
        Configuration settings = Configuration.read(System.getenv(), Path.of(""));
        InetAddress bind = settings.network().bind();
        String host = bind.isAnyLocalAddress() ? "127.0.0.1" : bind.getHostAddress();
        String target = "sip:reception@" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":"
                + settings.network().sipPort();
        return new CallCommand(target, settings.models().folder()).run(arguments, out, err);
    }

    /** The launcher says how a server and the bare loop are started. */
    private static int load(String[] arguments, PrintStream out, PrintStream err) {
        String launcher = System.getProperty("trunkline.launcher", "./trunkline");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String bare = System.getProperty("trunkline.bare", "BareLoop.java");
        return new LoadCommand(List.of(launcher, "run"), List.of(java, "-XX:+UseSerialGC", bare))
                .run(arguments, out, err);
    }

    private static int config(String[] arguments, PrintStream out, PrintStream err) {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "--env-example" -> out.print(SettingsPage.envExample());
            case "--markdown" -> out.print(SettingsPage.markdown());
            case "" -> {
                Configuration.explain(System.getenv(), Path.of("")).forEach(out::println);
                Configuration.read(System.getenv(), Path.of(""));
            }
            case "--help" -> out.println("""
                        Usage: ./trunkline config [--env-example | --markdown]

                        Shows each setting with its value and where that comes from, and what is wrong with them.
                          --env-example   an example of a .env file, complete
                          --markdown      a table for documents""");
            default -> {
                err.println("trunkline: config knows --env-example and --markdown, not " + arguments[0]);
                return USAGE;
            }
        }
        return 0;
    }
}
