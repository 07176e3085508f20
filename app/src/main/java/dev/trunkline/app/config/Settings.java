package dev.trunkline.app.config;

import dev.trunkline.media.codec.CodecType;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of all settings. A row here is all it takes to make a setting known to the environment, to {@code .env}, to
 * {@code trunkline.yaml}, to {@code .env.example} and to the documents.
 */
final class Settings {

    static final Setting<InetAddress> BIND = new Setting<>(
            "bind",
            SettingType.ADDRESS,
            "127.0.0.1",
            "",
            "Where SIP and RTP listen; 0.0.0.0 for every network of this machine");
    static final Setting<InetAddress> PUBLIC_ADDRESS = new Setting<>(
            "public-address",
            SettingType.ADDRESS,
            "",
            "the address of the route to each peer",
            "The address that peers are told to send SIP and sound to, if a router stands between");
    static final Setting<Integer> SIP_PORT =
            new Setting<>("sip.port", SettingType.number(1, 65_535), "5060", "", "The port of SIP, for UDP and TCP");
    static final Setting<PortRange> RTP_PORTS =
            new Setting<>("rtp.ports", SettingType.PORTS, "10000-20000", "", "The UDP ports of the sound (RTP)");
    static final Setting<InetAddress> HTTP_BIND =
            new Setting<>("http.bind", SettingType.ADDRESS, "127.0.0.1", "", "Where the web page and the API listen");
    static final Setting<Integer> HTTP_PORT = new Setting<>(
            "http.port", SettingType.number(1, 65_535), "8080", "", "The TCP port of the web page and the API");
    static final Setting<Path> DATA_DIR =
            new Setting<>("data-dir", SettingType.PATH, "./data", "", "The folder of the database and the journal");
    static final Setting<String> NODE = new Setting<>(
            "node",
            SettingType.NAME,
            "",
            "made once and kept in the file node of the data folder: the machine's name and six random characters",
            "The name of this server in records; two servers with one database must not share it");
    static final Setting<LogFormat> LOG_FORMAT = new Setting<>(
            "log.format", SettingType.oneOf(LogFormat.class), "text", "", "How log lines are written: text or json");
    static final Setting<LogLevel> LOG_LEVEL = new Setting<>(
            "log.level", SettingType.oneOf(LogLevel.class), "info", "", "What is logged: error, warn, info or debug");
    static final Setting<Integer> MAX_CALLS = new Setting<>(
            "max-calls",
            SettingType.number(1, 100_000),
            "200",
            "",
            "Calls at once on this server; one more is busy (486)");
    static final Setting<Integer> DRAIN_SECONDS = new Setting<>(
            "drain-seconds",
            SettingType.number(0, 86_400),
            "30",
            "",
            "How long running calls may go on when the server is stopped, in seconds; then the agent says goodbye");
    static final Setting<String> PERSON = new Setting<>(
            "person",
            SettingType.DIAL_TARGET,
            "",
            "there is nobody to connect to",
            "The SIP address of the person that reception connects callers to, or with a trunk the number; has no effect"
                    + " with a language model");
    static final Setting<Path> RECEPTION_FACTS = new Setting<>(
            "reception.facts",
            SettingType.PATH,
            "",
            "the facts that come with the server",
            "The file with what reception knows: opening hours, address, prices");
    static final Setting<URI> LLM_BASE_URL = new Setting<>(
            "llm.base-url",
            SettingType.WEB_ADDRESS,
            "",
            "reception needs no language model",
            "An OpenAI-compatible server, such as https://api.openai.com/v1: reception then converses freely,"
                    + " but takes no messages and connects nobody");
    static final Setting<Secret> LLM_API_KEY =
            new Setting<>("llm.api-key", SettingType.SECRET, "", "none is sent", "The key for that server");
    static final Setting<String> LLM_MODEL =
            new Setting<>("llm.model", SettingType.TEXT, "", "", "The model to ask for there; needed with an address");
    static final Setting<String> DATABASE_URL = new Setting<>(
            "database.url",
            SettingType.DATABASE_ADDRESS,
            "",
            "PostgreSQL is started in the data folder",
            "A PostgreSQL server of your own, as a JDBC address");
    static final Setting<String> DATABASE_USER =
            new Setting<>("database.user", SettingType.TEXT, "", "", "The user of that database");
    static final Setting<Secret> DATABASE_PASSWORD =
            new Setting<>("database.password", SettingType.SECRET, "", "", "The password of that user");
    static final Setting<Integer> DATABASE_PORT = new Setting<>(
            "database.port",
            SettingType.number(0, 65_535),
            "0",
            "",
            "The TCP port, on 127.0.0.1, of the PostgreSQL in the data folder; 0 for any that is free");
    static final Setting<Integer> JOURNAL_MB = new Setting<>(
            "journal-mb",
            SettingType.number(1, 100_000),
            "64",
            "",
            "How much of the record waits on disk while the database is away, in megabytes");
    static final Setting<Path> MODELS_DIR = new Setting<>(
            "models.dir", SettingType.PATH, "", "the files that the build fetched", "The folder of the model files");
    static final Setting<SpeechChoice> SPEECH = new Setting<>(
            "speech",
            SettingType.oneOf(SpeechChoice.class),
            "local",
            "",
            "Who hears and speaks: the local models, or stub for services that only pretend and an agent stub that uses"
                    + " them; for load tests");
    static final Setting<RecognitionModel> STT_MODEL = new Setting<>(
            "stt.model",
            SettingType.oneOf(RecognitionModel.class),
            "tiny",
            "",
            "The recognition model: tiny is quick, base makes fewer mistakes");
    static final Setting<Integer> MODEL_THREADS = new Setting<>(
            "model-threads",
            SettingType.number(1, 256),
            "",
            "one fewer than processors, at least 2",
            "Threads that recognise and speak");
    static final Setting<Integer> MEDIA_SHARDS = new Setting<>(
            "media-shards",
            SettingType.number(1, 64),
            "",
            "half the processors, at least 1",
            "Threads that move the sound; calls are spread over them");

    static final Setting<List<CodecType>> CODECS = new Setting<>(
            "codecs",
            SettingType.CODECS,
            "g722,opus,pcmu,pcma",
            "",
            "Codecs that calls may use, the one that is offered first in front; opus needs libopus on this machine");

    /** All of them, in the order in which people read about them. */
    static final List<Setting<?>> ALL = Stream.of(
                    List.<Setting<?>>of(
                            BIND,
                            PUBLIC_ADDRESS,
                            SIP_PORT,
                            RTP_PORTS,
                            HTTP_BIND,
                            HTTP_PORT,
                            DATA_DIR,
                            NODE,
                            LOG_FORMAT,
                            LOG_LEVEL,
                            MAX_CALLS,
                            DRAIN_SECONDS,
                            PERSON,
                            RECEPTION_FACTS,
                            LLM_BASE_URL,
                            LLM_API_KEY,
                            LLM_MODEL,
                            DATABASE_URL,
                            DATABASE_USER,
                            DATABASE_PASSWORD,
                            DATABASE_PORT,
                            JOURNAL_MB,
                            MODELS_DIR,
                            SPEECH,
                            STT_MODEL,
                            MODEL_THREADS,
                            MEDIA_SHARDS,
                            CODECS),
                    CallRules.TABLE,
                    SignallingSettings.ALL,
                    DigitSettings.ALL,
                    DoorSettings.ALL,
                    AccountSettings.TRUNK,
                    List.<Setting<?>>of(AccountSettings.USER, AccountSettings.PASSWORD, AccountSettings.SRTP))
            .flatMap(List::stream)
            .toList();

    private Settings() {}
}
