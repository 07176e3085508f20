package dev.trunkline.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LastWordsTest {

    @Test
    void whatConversationsStillWriteIsWaitedFor() throws InterruptedException {
        ExecutorService conversations = Executors.newVirtualThreadPerTaskExecutor();
        CountDownLatch closing = new CountDownLatch(1);
        AtomicBoolean written = new AtomicBoolean();
        conversations.execute(() -> {
            try {
                // until the stop has begun; that it has is seen by the executor
                while (!conversations.isShutdown()) {
                    Thread.onSpinWait();
                }
                assertThat(closing.await(50, TimeUnit.MILLISECONDS)).isFalse();
                written.set(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        Engine.endConversations(conversations, Duration.ofSeconds(5));

        assertThat(written).isTrue();
    }

    @Test
    void aConversationThatDoesNotEndIsNotWaitedForForever() {
        ExecutorService conversations = Executors.newVirtualThreadPerTaskExecutor();
        CountDownLatch never = new CountDownLatch(1);
        conversations.execute(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        Engine.endConversations(conversations, Duration.ofMillis(10));

        assertThat(conversations.isShutdown()).isTrue();
    }
}
