package dev.trunkline.core.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {

    @Test
    void eventsOfManyThreadsAreDoneOneAtATimeAndEachThreadsInOrder() {
        int threads = 8;
        int each = 400;
        List<List<Integer>> seen = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            seen.add(new ArrayList<>());
        }
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Mailbox mailbox = new Mailbox(executor, e -> {});
            for (int thread = 0; thread < threads; thread++) {
                List<Integer> mine = seen.get(thread);
                executor.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        int number = i;
                        mailbox.post(() -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            mine.add(number);
                            inside.decrementAndGet();
                            done.incrementAndGet();
                        });
                    }
                });
            }
            await().until(() -> done.get() == threads * each);
        }
        assertThat(most).hasValue(1);
        assertThat(seen).allSatisfy(list -> assertThat(list).isSorted().hasSize(each));
    }

    @Test
    void anEventThatFailsIsReportedAndTheNextIsDone() {
        List<RuntimeException> failures = new ArrayList<>();
        List<String> done = new ArrayList<>();
        Mailbox mailbox = new Mailbox(Runnable::run, failures::add);
        mailbox.post(() -> {
            throw new IllegalStateException("broken");
        });
        mailbox.post(() -> done.add("next"));
        assertThat(failures).hasSize(1);
        assertThat(done).containsExactly("next");
    }

    @Test
    void aCrowdedMailboxRefusesWhatCanBeReplacedAndCountsIt() {
        List<Runnable> tasks = new ArrayList<>();
        List<Integer> done = new ArrayList<>();
        Mailbox mailbox = new Mailbox(tasks::add, e -> {});
        for (int i = 0; i < 200; i++) {
            int number = i;
            mailbox.postReplaceable(() -> done.add(number));
        }
        mailbox.post(() -> done.add(-1));
        tasks.getFirst().run();
        assertThat(mailbox.refused()).isEqualTo(72);
        assertThat(done).hasSize(129).endsWith(-1);
    }
}
