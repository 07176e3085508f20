package dev.trunkline.app.config;

import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.codec.Codecs;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All settings of the server, read and checked; immutable.
 *
 * @param node the name of this server in records; empty for the one that {@link NodeName} keeps in the data folder
 * @param dataFolder where the database and the journal live; absolute
 * @param network where SIP and RTP listen
 * @param web where HTTP listens
 * @param log how log lines are written
 * @param calls how many calls, and what becomes of them at the end
 * @param reception what the agent {@code reception} needs
 * @param database where the record is kept
 * @param models the models in the process
 * @param mediaShards threads that move the sound
 * @param accounts trunks, and callers with a password
 * @param doors the ways in for calls beside our own SIP port
 * @param callRules what callers' telephones may do, and how calls are handled
 * @param codecs what calls may use and this machine has, best first
 * @param digits how keys are heard and pressed
 */
public record Configuration(
        String node,
        Path dataFolder,
        Network network,
        Web web,
        Log log,
        Calls calls,
        Reception reception,
        Database database,
        Models models,
        int mediaShards,
        Accounts accounts,
        Doors doors,
        CallRules callRules,
        List<CodecType> codecs,
        Digits digits) {

    /**
     * Where SIP and RTP listen.
     *
     * @param bind the address; 0.0.0.0 for all
     * @param publicAddress what peers are told, or null for the route to each
     * @param sipPort the port of SIP, for UDP and TCP
     * @param rtpPorts the UDP ports of the sound
     * @param signalling what carries SIP, and whom it is taken from
     */
    public record Network(
            InetAddress bind,
            @Nullable InetAddress publicAddress,
            int sipPort,
            PortRange rtpPorts,
            Signalling signalling) {}

    /**
     * Where HTTP listens.
     *
     * @param bind the address
     * @param port the TCP port
     */
    public record Web(InetAddress bind, int port) {}

    /**
     * How log lines are written.
     *
     * @param format for people or machines
     * @param level from which weight on
     */
    public record Log(LogFormat format, LogLevel level) {}

    /**
     * How many calls, and what becomes of them at the end.
     *
     * @param most at once
     * @param drain how long running calls may go on when the server is stopped
     */
    public record Calls(int most, Duration drain) {}

    /**
     * What the agent {@code reception} needs.
     *
     * @param person whom it connects callers to; empty for nobody
     * @param facts the file with what it knows; null for the one that comes with the server
     * @param languageModel what it converses with; null for the scenario
     */
    public record Reception(
            String person, @Nullable Path facts, @Nullable LanguageModelServer languageModel) {}

    /**
     * An OpenAI-compatible server.
     *
     * @param baseUrl its address
     * @param apiKey its key; may be empty
     * @param model what to ask for
     */
    public record LanguageModelServer(URI baseUrl, Secret apiKey, String model) {}

    /**
     * Where the record is kept.
     *
     * @param url a JDBC address; empty for the embedded PostgreSQL
     * @param user for that address
     * @param password for that address
     * @param port of the embedded PostgreSQL; 0 for any that is free
     * @param journalMegabytes how much waits on disk while the database is away
     */
    public record Database(String url, String user, Secret password, int port, int journalMegabytes) {

        /** Whether we start PostgreSQL ourselves. */
        public boolean embedded() {
            return url.isEmpty();
        }
    }

    /**
     * The models in the process.
     *
     * @param folder the model files
     * @param recognition which model recognises
     * @param threads how many recognise and speak
     * @param speech whether they are used at all
     */
    public record Models(Path folder, RecognitionModel recognition, int threads, SpeechChoice speech) {}

    /**
     * Reads the settings.
     *
     * @param environment the environment's variables
     * @param folder where {@code .env} and {@code trunkline.yaml} are looked for, and relative paths begin
     * @throws ConfigurationException with all that is wrong
     */
    public static Configuration read(Map<String, String> environment, Path folder) {
        SettingsReader settings = SettingsReader.read(environment, folder);
        int processors = Runtime.getRuntime().availableProcessors();
        Configuration configuration = new Configuration(
                settings.get(Settings.NODE, ""),
                absolute(folder, settings.get(Settings.DATA_DIR)),
                new Network(
                        settings.get(Settings.BIND),
                        settings.find(Settings.PUBLIC_ADDRESS),
                        settings.get(Settings.SIP_PORT),
                        settings.get(Settings.RTP_PORTS),
                        SignallingSettings.read(settings, folder)),
                new Web(settings.get(Settings.HTTP_BIND), settings.get(Settings.HTTP_PORT)),
                new Log(settings.get(Settings.LOG_FORMAT), settings.get(Settings.LOG_LEVEL)),
                new Calls(settings.get(Settings.MAX_CALLS), Duration.ofSeconds(settings.get(Settings.DRAIN_SECONDS))),
                new Reception(
                        settings.get(Settings.PERSON, ""),
                        Optional.ofNullable(settings.find(Settings.RECEPTION_FACTS))
                                .map(path -> absolute(folder, path))
                                .orElse(null),
                        languageModel(settings)),
                database(settings),
                new Models(
                        absolute(folder, settings.get(Settings.MODELS_DIR, builtModels())),
                        settings.get(Settings.STT_MODEL),
                        settings.get(Settings.MODEL_THREADS, Math.max(2, processors - 1)),
                        settings.get(Settings.SPEECH)),
                settings.get(Settings.MEDIA_SHARDS, Math.max(1, processors / 2)),
                Accounts.read(settings),
                Doors.read(settings),
                CallRules.read(settings),
                Codecs.usable(settings.get(Settings.CODECS)),
                DigitSettings.read(settings));
        if (configuration.codecs().isEmpty()) {
            settings.refuse(Settings.CODECS, "names none that this machine has");
        }
        if (configuration.reception().person().matches(SettingType.NUMBER)
                && configuration.accounts().trunks().isEmpty()) {
            settings.refuse(
                    Settings.PERSON,
                    "is a number: that needs a trunk, see " + AccountSettings.TRUNK_REGISTRAR.variable());
        }
        if (configuration.network().publicAddress() instanceof InetAddress address && address.isAnyLocalAddress()) {
            settings.refuse(Settings.PUBLIC_ADDRESS, "must be an address that peers can reach");
        }
        if (!settings.problems().isEmpty()) {
            throw new ConfigurationException(settings.problems());
        }
        return configuration;
    }

    /** The same with another name. */
    public Configuration named(String other) {
        return new Configuration(
                other,
                dataFolder,
                network,
                web,
                log,
                calls,
                reception,
                database,
                models,
                mediaShards,
                accounts,
                doors,
                callRules,
                codecs,
                digits);
    }

    /** What was set, and where, for people: secrets are not shown. One line each. */
    public static List<String> explain(Map<String, String> environment, Path folder) {
        SettingsReader settings = SettingsReader.read(environment, folder);
        List<String> lines = new ArrayList<>();
        for (Setting<?> setting : Settings.ALL) {
            lines.add(settings.line(setting));
        }
        settings.named().forEach(setting -> lines.add(settings.line(setting)));
        return lines;
    }

    private static @Nullable LanguageModelServer languageModel(SettingsReader settings) {
        URI baseUrl = settings.find(Settings.LLM_BASE_URL);
        Secret key = settings.get(Settings.LLM_API_KEY, Secret.NONE);
        String model = settings.get(Settings.LLM_MODEL, "");
        if (!settings.has(Settings.LLM_BASE_URL)) {
            for (Setting<?> alone : List.of(Settings.LLM_API_KEY, Settings.LLM_MODEL)) {
                if (settings.has(alone)) {
                    settings.refuse(alone, "does nothing without " + Settings.LLM_BASE_URL.variable());
                }
            }
            return null;
        }
        if (model.isEmpty()) {
            settings.refuse(Settings.LLM_MODEL, "must be set with " + Settings.LLM_BASE_URL.variable());
        }
        return baseUrl == null ? null : new LanguageModelServer(baseUrl, key, model);
    }

    private static Database database(SettingsReader settings) {
        if (!settings.has(Settings.DATABASE_URL)) {
            for (Setting<?> alone : List.of(Settings.DATABASE_USER, Settings.DATABASE_PASSWORD)) {
                if (settings.has(alone)) {
                    settings.refuse(alone, "does nothing without " + Settings.DATABASE_URL.variable());
                }
            }
        }
        if (settings.has(Settings.DATABASE_URL) && settings.has(Settings.DATABASE_PORT)) {
            settings.refuse(Settings.DATABASE_PORT, "does nothing with " + Settings.DATABASE_URL.variable());
        }
        return new Database(
                settings.get(Settings.DATABASE_URL, ""),
                settings.get(Settings.DATABASE_USER, ""),
                settings.get(Settings.DATABASE_PASSWORD, Secret.NONE),
                settings.get(Settings.DATABASE_PORT),
                settings.get(Settings.JOURNAL_MB));
    }

    static Path absolute(Path folder, Path path) {
        return folder.toAbsolutePath().resolve(path).normalize();
    }

    private static Path builtModels() {
        return Path.of(System.getProperty("trunkline.models.dir", "weights/target/files"));
    }
}
