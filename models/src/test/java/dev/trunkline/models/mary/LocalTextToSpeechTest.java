package dev.trunkline.models.mary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.speech.SpeechRequest;
import dev.trunkline.core.speech.Synthesis;
import dev.trunkline.core.speech.SynthesisEvent;
import dev.trunkline.models.pool.ModelPool;
import dev.trunkline.models.pool.Priority;
import dev.trunkline.models.telephone.Loaded;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalTextToSpeechTest {

    private final ModelPool pool = new ModelPool(1);
    private final LocalTextToSpeech speech = new LocalTextToSpeech(Loaded.voice(), pool);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void end() {
        gate.countDown();
        pool.close();
    }

    @Test
    void aTextIsSpokenToItsEndInOrder() {
        List<SynthesisEvent> events = new CopyOnWriteArrayList<>();
        String text = "We are open today, and tomorrow.";
        speech.speak(request(text, "en-US", SpeechRequest.Urgency.FIRST), events::add);
        await().until(() -> !events.isEmpty() && events.getLast() instanceof SynthesisEvent.Finished);

        int at = 0;
        for (SynthesisEvent event : events.subList(0, events.size() - 1)) {
            SynthesisEvent.Spoken spoken = (SynthesisEvent.Spoken) event;
            assertThat(spoken.chunk().textStart()).isEqualTo(at);
            assertThat(spoken.chunk().audio().format()).isEqualTo(speech.format());
            at = spoken.chunk().textEnd();
        }
        assertThat(at).isEqualTo(text.length());
    }

    @Test
    void theFirstWordsOfOneCallGoBeforeTheLastWordsOfAnother() {
        occupyThePool();
        List<String> order = new CopyOnWriteArrayList<>();
        speech.speak(request("One, two, three.", "en", SpeechRequest.Urgency.REST), event -> order.add("rest"));
        speech.speak(request("Hello.", "en", SpeechRequest.Urgency.FIRST), event -> order.add("first"));
        gate.countDown();
        await().until(() -> pool.busy() == 0 && pool.waiting(Priority.REST_OF_SPEECH) == 0);

        assertThat(order).startsWith("first").endsWith("rest");
    }

    @Test
    void aCancelledTextIsNotSpokenFurther() {
        List<SynthesisEvent> events = new CopyOnWriteArrayList<>();
        Synthesis[] synthesis = new Synthesis[1];
        CountDownLatch known = new CountDownLatch(1);
        synthesis[0] =
                speech.speak(request("One, two, three, four, five, six.", "en", SpeechRequest.Urgency.FIRST), event -> {
                    try {
                        known.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    events.add(event);
                    synthesis[0].cancel();
                });
        known.countDown();

        await().until(() -> pool.busy() == 0 && pool.waiting(Priority.REST_OF_SPEECH) == 0 && !events.isEmpty());
        assertThat(events).singleElement().isInstanceOf(SynthesisEvent.Spoken.class);
    }

    @Test
    void anotherLanguageFailsInWordsAndThePoolGoesOn() {
        List<SynthesisEvent> events = new CopyOnWriteArrayList<>();
        speech.speak(request("Guten Tag", "de-DE", SpeechRequest.Urgency.FIRST), events::add);
        await().until(() -> events.size() == 1);

        assertThat(events.getFirst())
                .isInstanceOfSatisfying(
                        SynthesisEvent.Failed.class,
                        failed ->
                                assertThat(failed.message()).contains("English").contains("de-DE"));
        assertThat(pool.failed()).isZero();
    }

    @Test
    void afterTheModelsAreShutDownATextFails() {
        pool.close();
        List<SynthesisEvent> events = new CopyOnWriteArrayList<>();
        speech.speak(request("Hello", "en", SpeechRequest.Urgency.FIRST), events::add);

        assertThat(events).singleElement().isInstanceOf(SynthesisEvent.Failed.class);
    }

    private static SpeechRequest request(String text, String language, SpeechRequest.Urgency urgency) {
        return new SpeechRequest(text, language, "", urgency);
    }

    private void occupyThePool() {
        pool.submit(Priority.FINAL, () -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> pool.busy() == 1 && pool.waiting(Priority.FINAL) == 0);
    }
}
