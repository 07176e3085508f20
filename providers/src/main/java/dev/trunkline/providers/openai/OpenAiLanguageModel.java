package dev.trunkline.providers.openai;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.TokenUsage;
import dev.trunkline.core.language.Generation;
import dev.trunkline.core.language.GenerationListener;
import dev.trunkline.core.language.LanguageModel;
import dev.trunkline.core.language.Prompt;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * A language model behind the chat completions interface of OpenAI or of any server that speaks like it (llama.cpp,
 * Ollama, vLLM, Mistral, gateways). Each answer runs on a virtual thread of its own; cancelling closes its connection, by
 * which the server stops writing. Thread-safe.
 */
public final class OpenAiLanguageModel implements LanguageModel, AutoCloseable {

    private final OpenAiSettings settings;
    private final ExecutorService network = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("llm-network-", 0).factory());
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("llm-clock-", 0).factory());
    private final HttpClient http;
    private final OpenAiStreamingChatModel model;

    public OpenAiLanguageModel(OpenAiSettings settings) {
        this.settings = settings;
        // HTTP/1.1: there cancelling closes the connection, which is what stops a server such as llama.cpp's
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.patience().connect())
                .executor(network)
                .build();
        this.model = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(new StreamingHttp.Builder(http))
                .baseUrl(settings.baseUrl().toString())
                .apiKey(settings.key().isEmpty() ? null : settings.key())
                .modelName(settings.model())
                .build();
    }

    @Override
    public String name() {
        return settings.baseUrl().getHost() + " " + settings.model();
    }

    @Override
    public Generation generate(Prompt prompt, GenerationListener listener) {
        StreamingCall call = new StreamingCall(name(), listener, settings.patience(), clock);
        call.watch();
        Thread.ofVirtual()
                .name("llm")
                .start(() -> ScopedValue.where(StreamingHttp.CALL, call).run(() -> ask(prompt, call)));
        return call;
    }

    private void ask(Prompt prompt, StreamingCall call) {
        try {
            model.chat(request(prompt), new Answer(call));
        } catch (RuntimeException e) {
            call.failed("the request could not be made: " + e.getClass().getSimpleName());
        }
    }

    private ChatRequest request(Prompt prompt) {
        OpenAiChatRequestParameters.Builder parameters = OpenAiChatRequestParameters.builder();
        if (prompt.maxTokens() > 0) {
            if (settings.baseUrl().getHost().endsWith("openai.com")) {
                // its reasoning models refuse the old name; other servers may not know the new one
                parameters.maxCompletionTokens(prompt.maxTokens());
            } else {
                parameters.maxOutputTokens(prompt.maxTokens());
            }
        }
        return ChatRequest.builder()
                .messages(Conversation.of(prompt.messages()))
                .parameters(parameters.build())
                .build();
    }

    /** Cancels nothing, but no answer can be begun or goes on afterwards. */
    @Override
    public void close() {
        http.shutdownNow();
        clock.shutdownNow();
        network.shutdownNow();
    }

    /** What LangChain4j makes of the stream. */
    private record Answer(StreamingCall call) implements StreamingChatResponseHandler {

        @Override
        public void onPartialResponse(String text) {
            call.text(text);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            if (response.finishReason() == null && !call.isComplete()) {
                call.failed("the answer was cut off");
                return;
            }
            @Nullable TokenUsage usage = response.tokenUsage();
            call.finished(
                    usage == null ? -1 : count(usage.inputTokenCount()),
                    usage == null ? -1 : count(usage.outputTokenCount()));
        }

        @Override
        public void onError(Throwable error) {
            call.failed("it sent something that is no answer");
        }

        private static int count(@Nullable Integer tokens) {
            return tokens == null ? -1 : tokens;
        }
    }
}
