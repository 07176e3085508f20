package dev.trunkline.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.language.ChatMessage;
import dev.trunkline.core.language.ChatMessage.Role;
import dev.trunkline.core.language.Generation;
import dev.trunkline.core.language.GenerationEvent;
import dev.trunkline.core.language.Prompt;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiLanguageModelTest {

    private static final String KEY = "sk-test-0123456789abcdef";
    private static final OpenAiSettings.Patience PATIENT = OpenAiSettings.Patience.DEFAULT;
    private static final OpenAiSettings.Patience SHORT = new OpenAiSettings.Patience(
            Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofSeconds(20));
    private static final Prompt HELLO = new Prompt(
            List.of(
                    new ChatMessage(Role.SYSTEM, "You answer the telephone."),
                    new ChatMessage(Role.AGENT, "Hello."),
                    new ChatMessage(Role.CALLER, "Who are you?")),
            80);

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final CountDownLatch testOver = new CountDownLatch(1);

    @AfterEach
    void closeAll() throws Exception {
        testOver.countDown();
        for (AutoCloseable closeable : toClose.reversed()) {
            closeable.close();
        }
    }

    private ChatServer server(ChatServer.Script script) throws IOException {
        ChatServer server = new ChatServer(script);
        toClose.add(server);
        return server;
    }

    private OpenAiLanguageModel model(URI baseUrl, String key, OpenAiSettings.Patience patience) {
        OpenAiLanguageModel model = new OpenAiLanguageModel(new OpenAiSettings(baseUrl, key, "tiny", patience));
        toClose.add(model);
        return model;
    }

    /** What came of one answer. */
    private static final class Heard {
        final List<GenerationEvent> events = new CopyOnWriteArrayList<>();

        String text() {
            return events.stream()
                    .filter(GenerationEvent.Text.class::isInstance)
                    .map(event -> ((GenerationEvent.Text) event).text())
                    .collect(Collectors.joining());
        }

        GenerationEvent last() {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !events.isEmpty() && !(events.getLast() instanceof GenerationEvent.Text));
            return events.getLast();
        }

        String failure() {
            return last() instanceof GenerationEvent.Failed(String message) ? message : "did not fail: " + last();
        }
    }

    private static Heard ask(OpenAiLanguageModel model) {
        Heard heard = new Heard();
        var unused = model.generate(HELLO, heard.events::add);
        return heard;
    }

    @Test
    void theAnswerComesPieceByPieceAndEndsWithItsCount() throws IOException {
        ChatServer server = server(exchange -> {
            exchange.begin();
            exchange.text("I am ");
            exchange.comment();
            exchange.text("a computer.");
            exchange.finish();
        });
        Heard heard = ask(model(server.baseUrl(), KEY, PATIENT));
        assertThat(heard.last()).isEqualTo(new GenerationEvent.Finished(12, 3));
        assertThat(heard.text()).isEqualTo("I am a computer.");
        assertThat(heard.events).hasSize(3);
    }

    @Test
    void theRequestIsWhatTheServerExpects() throws IOException {
        ChatServer server = server(exchange -> {
            exchange.begin();
            exchange.finish();
        });
        ask(model(server.baseUrl(), KEY, PATIENT)).last();
        ChatServer.Exchange exchange = server.exchanges.getFirst();
        assertThat(exchange.requestLine).startsWith("POST /v1/chat/completions ");
        assertThat(exchange.headers.get("Authorization")).isEqualTo("Bearer " + KEY);
        String body = exchange.body.replaceAll("\\s+", "");
        assertThat(body)
                .contains("\"model\":\"tiny\"", "\"stream\":true", "\"max_tokens\":80", "\"include_usage\":true")
                .doesNotContain("temperature", "top_p");
        assertThat(body.replaceAll("\"content\"", ""))
                .containsSubsequence(
                        "system", "Youanswer", "user", "Thecallbegins", "assistant", "Hello.", "user", "Whoareyou?");
    }

    @Test
    void withoutAKeyNoneIsSent() throws IOException {
        ChatServer server = server(exchange -> {
            exchange.begin();
            exchange.text("Hi");
            exchange.finish();
        });
        assertThat(ask(model(server.baseUrl(), "", PATIENT)).last()).isInstanceOf(GenerationEvent.Finished.class);
        assertThat(server.exchanges.getFirst().headers).doesNotContainKey("Authorization");
    }

    @Test
    void aCharacterThatIsSplitBetweenPacketsStaysWhole() throws IOException {
        ChatServer server = server(exchange -> {
            exchange.begin();
            byte[] bytes = ("data: " + ChatServer.Exchange.delta("caf\u00e9 \ud83d\ude00") + "\n\n")
                    .getBytes(StandardCharsets.UTF_8);
            for (byte one : bytes) {
                exchange.raw(new byte[] {one});
            }
            exchange.finish();
        });
        Heard heard = ask(model(server.baseUrl(), "", PATIENT));
        heard.last();
        assertThat(heard.text()).isEqualTo("caf\u00e9 \ud83d\ude00");
    }

    @Test
    void aSlowFirstByteIsWaitedFor() throws IOException {
        ChatServer server = server(exchange -> {
            assertThat(testOver.await(400, java.util.concurrent.TimeUnit.MILLISECONDS))
                    .isFalse();
            exchange.begin();
            exchange.text("Late");
            exchange.finish();
        });
        Heard heard = ask(model(server.baseUrl(), "", PATIENT));
        assertThat(heard.last()).isInstanceOf(GenerationEvent.Finished.class);
        assertThat(heard.text()).isEqualTo("Late");
    }

    @Test
    void aServerThatNeverAnswersTimesOutAndIsLeft() throws IOException {
        ChatServer server = server(ChatServer.Exchange::awaitClientGone);
        assertThat(ask(model(server.baseUrl(), "", SHORT)).failure()).isEqualTo("no answer within 300 ms");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> server.exchanges.getFirst().sawClientGo());
    }

    @Test
    void aServerThatOnlyPingsTimesOutAsWell() throws IOException {
        ChatServer server = server(exchange -> {
            exchange.begin();
            exchange.comment();
            exchange.awaitClientGone();
        });
        assertThat(ask(model(server.baseUrl(), "", SHORT)).failure()).isEqualTo("no answer within 300 ms");
    }

    @Test
    void aStallInTheMiddleTimesOutAndKeepsTheTextBefore() throws IOException {
        ChatServer server = server(exchange -> {
            exchange.begin();
            exchange.text("I am");
            exchange.awaitClientGone();
        });
        Heard heard = ask(model(server.baseUrl(), "", SHORT));
        assertThat(heard.failure()).isEqualTo("fell silent for 300 ms");
        assertThat(heard.text()).isEqualTo("I am");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> server.exchanges.getFirst().sawClientGo());
    }

    @Test
    void anAnswerWithoutEndIsStopped() throws IOException {
        ChatServer server = server(exchange -> {
            exchange.begin();
            while (!testOver.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                exchange.text("and ");
            }
        });
        OpenAiSettings.Patience brief = new OpenAiSettings.Patience(
                Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(700));
        assertThat(ask(model(server.baseUrl(), "", brief)).failure()).isEqualTo("the answer took longer than 700 ms");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCutInTheMiddleIsAFailure(boolean hard) throws IOException {
        ChatServer server = server(exchange -> {
            exchange.begin();
            exchange.text("I am");
            if (hard) {
                exchange.cut();
            } else {
                exchange.hangUp();
            }
        });
        Heard heard = ask(model(server.baseUrl(), "", PATIENT));
        assertThat(heard.failure()).isEqualTo("the answer was cut off");
    }

    @Test
    void aStreamThatEndsWithoutSayingSoIsAFailure() throws IOException {
        ChatServer server = server(exchange -> {
            exchange.begin();
            exchange.text("I am");
            exchange.end();
        });
        Heard heard = ask(model(server.baseUrl(), "", PATIENT));
        assertThat(heard.failure()).isEqualTo("the answer was cut off");
        assertThat(heard.text()).isEqualTo("I am");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            401 | invalid_api_key     | the key is wrong or missing (401 invalid_api_key)
            403 | quota_exceeded      | the key may not use this (403 quota_exceeded)
            404 | model_not_found     | no such model or address (404 model_not_found)
            429 | rate_limit_exceeded | too many requests (429 rate_limit_exceeded, again in 20 s)
            429 | insufficient_quota  | the account is out of credit (429 insufficient_quota, again in 20 s)
            500 | server_error        | it has a problem of its own (500 server_error)
            400 | context_length_exceeded | it did not accept the request (400 context_length_exceeded)
            """)
    void aRefusalIsToldInAFewWordsWithoutTheKey(int status, String code, String message) throws IOException {
        ChatServer server = server(exchange -> {
            String json =
                    "{\"error\":{\"message\":\"Incorrect API key provided: " + KEY + "\",\"code\":\"" + code + "\"}}";
            if (status == 429) {
                exchange.answer(status, json, "Retry-After: 20");
            } else {
                exchange.answer(status, json);
            }
        });
        Heard heard = ask(model(server.baseUrl(), KEY, PATIENT));
        assertThat(heard.failure()).isEqualTo(message).doesNotContain(KEY);
        assertThat(heard.events).hasSize(1);
        assertThat(server.exchanges).hasSize(1);
    }

    @Test
    void aRefusalWithoutSenseIsARefusalStill() throws IOException {
        ChatServer server = server(exchange -> exchange.answer(502, "<html>bad gateway " + KEY + "</html>"));
        assertThat(ask(model(server.baseUrl(), KEY, PATIENT)).failure()).isEqualTo("it has a problem of its own (502)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":[{\"index\":0,\"delta\":{\"cont", "not json", "[]", "{\"choices\":\"none\"}"})
    void aMalformedChunkIsAFailure(String chunk) throws IOException {
        ChatServer server = server(exchange -> {
            exchange.begin();
            exchange.text("I am");
            exchange.event(chunk);
            exchange.text(" more");
            exchange.finish();
        });
        Heard heard = ask(model(server.baseUrl(), "", PATIENT));
        assertThat(heard.failure()).isEqualTo("it sent something that is no answer");
        assertThat(heard.text()).isEqualTo("I am");
    }

    @Test
    void anErrorInTheMiddleOfAStreamIsAFailure() throws IOException {
        ChatServer server = server(exchange -> {
            exchange.begin();
            exchange.text("I am");
            exchange.event("{\"error\":{\"message\":\"overloaded " + KEY + "\",\"type\":\"server_error\"}}");
            exchange.finish();
        });
        assertThat(ask(model(server.baseUrl(), KEY, PATIENT)).failure())
                .isEqualTo("it broke off with an error (server_error)");
    }

    @Test
    void aServerThatIsNotThereIsAFailure() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(ask(model(URI.create("http://127.0.0.1:" + port + "/v1"), "", PATIENT))
                        .failure())
                .isEqualTo("no connection");
    }

    @Test
    void whatIsCancelledInTheMiddleIsClosedAtTheServerAndSilent() throws IOException {
        ChatServer server = server(exchange -> {
            exchange.begin();
            exchange.text("I am");
            exchange.awaitClientGone();
        });
        OpenAiLanguageModel model = model(server.baseUrl(), "", PATIENT);
        Heard heard = new Heard();
        Generation generation = model.generate(HELLO, heard.events::add);
        await().atMost(Duration.ofSeconds(5)).until(() -> !heard.events.isEmpty());
        generation.cancel();
        generation.cancel();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> server.exchanges.getFirst().sawClientGo());
        assertThat(heard.events).containsExactly(new GenerationEvent.Text("I am"));
    }

    @Test
    void whatIsCancelledBeforeTheFirstByteIsClosedAtTheServerAndSilent() throws IOException {
        ChatServer server = server(ChatServer.Exchange::awaitClientGone);
        Heard heard = new Heard();
        Generation generation = model(server.baseUrl(), "", PATIENT).generate(HELLO, heard.events::add);
        await().atMost(Duration.ofSeconds(5)).until(() -> !server.exchanges.isEmpty());
        generation.cancel();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> server.exchanges.getFirst().sawClientGo());
        assertThat(heard.events).isEmpty();
    }

    @Test
    void whatIsCancelledAtOnceLeavesNoConnection() throws IOException {
        ChatServer server = server(ChatServer.Exchange::awaitClientGone);
        OpenAiLanguageModel model = model(server.baseUrl(), "", PATIENT);
        Heard heard = new Heard();
        for (int i = 0; i < 20; i++) {
            model.generate(HELLO, heard.events::add).cancel();
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> server.openConnections() == 0);
        assertThat(heard.events).isEmpty();
    }

    @Test
    void aListenerMayCancelFromWithin() throws IOException {
        ChatServer server = server(exchange -> {
            exchange.begin();
            exchange.text("one");
            exchange.text("two");
            exchange.awaitClientGone();
        });
        List<Generation> generation = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        List<GenerationEvent> events = new CopyOnWriteArrayList<>();
        generation.add(model(server.baseUrl(), "", PATIENT).generate(HELLO, event -> {
            try {
                begun.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            events.add(event);
            generation.getFirst().cancel();
        }));
        begun.countDown();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> server.exchanges.size() == 1
                        && server.exchanges.getFirst().sawClientGo());
        assertThat(events).containsExactly(new GenerationEvent.Text("one"));
    }

    @Test
    void fiftyAnswersAtOnceDoNotMixAndLeaveNoThread() throws IOException {
        CountDownLatch all = new CountDownLatch(50);
        ChatServer server = server(exchange -> {
            String name = exchange.body.replaceAll("(?s).*caller-(\\d+).*", "$1");
            all.countDown();
            all.await();
            exchange.begin();
            for (int i = 0; i < 10; i++) {
                exchange.text(name + " ");
            }
            exchange.finish();
        });
        OpenAiLanguageModel model = model(server.baseUrl(), "", PATIENT);
        List<Heard> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Heard heard = new Heard();
            answers.add(heard);
            Prompt prompt = new Prompt(List.of(new ChatMessage(Role.CALLER, "I am caller-" + i)), 0);
            var unused = model.generate(prompt, heard.events::add);
        }
        for (int i = 0; i < 50; i++) {
            assertThat(answers.get(i).last()).isInstanceOf(GenerationEvent.Finished.class);
            assertThat(answers.get(i).text()).isEqualTo((i + " ").repeat(10));
        }
        model.close();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(server.openConnections()).isZero();
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .filter(name -> name.startsWith("llm") || name.startsWith("HttpClient")))
                    .isEmpty();
        });
    }

    @Test
    void settingsThatCannotWorkAreRefusedWithoutTheKey() {
        assertThatThrownBy(() -> new OpenAiSettings(URI.create("ftp://host/v1"), KEY, "m"))
                .hasMessageContaining("http");
        assertThatThrownBy(() -> new OpenAiSettings(URI.create("http://user:secret@host/v1"), KEY, "m"))
                .hasMessageContaining("password")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new OpenAiSettings(URI.create("http://host/v1"), KEY, " "))
                .hasMessageContaining("name");
        assertThatThrownBy(() -> new OpenAiSettings(URI.create("http://host/v1"), "a\nb", "m"))
                .hasMessageContaining("key");
        assertThat(new OpenAiSettings(URI.create("http://host/v1"), KEY, "m").toString())
                .doesNotContain(KEY);
    }
}
