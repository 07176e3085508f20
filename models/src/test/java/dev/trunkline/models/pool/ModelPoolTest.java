package dev.trunkline.models.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelPoolTest {

    private final ModelPool pool = new ModelPool(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<String> done = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        gate.countDown();
        pool.close();
    }

    @Test
    void whatACallerWaitsForGoesBeforeWhatHeDoesNotInTheOrderOfAsking() {
        occupyTheThread();
        submit(Priority.PARTIAL, "partial");
        submit(Priority.REST_OF_SPEECH, "rest");
        submit(Priority.FINAL, "final 1");
        submit(Priority.FIRST_SPEECH, "first");
        submit(Priority.FINAL, "final 2");
        gate.countDown();

        await().until(() -> done.size() == 5);
        assertThat(done).containsExactly("final 1", "final 2", "first", "rest", "partial");
    }

    @Test
    void aTaskThatIsCancelledInTheQueueNeverRuns() {
        occupyTheThread();
        ModelTask doomed = submit(Priority.FINAL, "doomed");
        submit(Priority.FINAL, "kept");
        assertThat(doomed.cancel()).isTrue();
        assertThat(doomed.cancel()).isFalse();
        assertThat(pool.waiting(Priority.FINAL)).isEqualTo(1);
        gate.countDown();

        await().until(() -> pool.done() == 2);
        assertThat(done).containsExactly("kept");
    }

    @Test
    void aTaskThatHasBegunCannotBeCancelled() {
        ModelTask running = occupyTheThread();

        assertThat(running.cancel()).isFalse();
    }

    @Test
    void aTaskThatThrowsIsCountedAndItsThreadGoesOn() {
        pool.submit(Priority.FINAL, () -> {
            throw new IllegalStateException("a model's library gave up; this stack trace belongs to a test");
        });
        pool.submit(Priority.FINAL, () -> {
            throw new StackOverflowError("so did this one");
        });
        submit(Priority.FINAL, "after");

        await().until(() -> done.contains("after"));
        assertThat(pool.failed()).isEqualTo(2);
    }

    @Test
    void workOfLowPriorityIsToldWhenSomethingMoreUrgentWaits() {
        occupyTheThread();
        assertThat(pool.wanted(Priority.PARTIAL)).isFalse();

        submit(Priority.PARTIAL, "another of the same");
        assertThat(pool.wanted(Priority.PARTIAL)).isFalse();

        ModelTask urgent = submit(Priority.REST_OF_SPEECH, "rest");
        assertThat(pool.wanted(Priority.PARTIAL)).isTrue();
        assertThat(pool.wanted(Priority.FINAL)).isFalse();

        urgent.cancel();
        assertThat(pool.wanted(Priority.PARTIAL)).isFalse();
    }

    @Test
    void aClosedPoolTakesNoWorkAndDropsWhatWaits() {
        occupyTheThread();
        submit(Priority.PARTIAL, "too late");
        gate.countDown();
        pool.close();

        assertThatIllegalStateException().isThrownBy(() -> submit(Priority.FINAL, "never"));
        assertThat(done.contains("never")).isFalse();
        assertThat(pool.waiting(Priority.PARTIAL)).isZero();
    }

    private ModelTask submit(Priority priority, String name) {
        return pool.submit(priority, () -> done.add(name));
    }

    private ModelTask occupyTheThread() {
        ModelTask task = pool.submit(Priority.FINAL, () -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> pool.busy() == 1 && pool.waiting(Priority.FINAL) == 0);
        return task;
    }
}
