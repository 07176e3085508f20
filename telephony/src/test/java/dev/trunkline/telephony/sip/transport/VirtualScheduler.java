package dev.trunkline.telephony.sip.transport;

import java.util.Comparator;
import java.util.TreeSet;

/** A clock that tests move by hand; what is due runs in the order of time. */
public final class VirtualScheduler implements SipScheduler {

    private record Task(long due, long order, Runnable work) {}

    private final TreeSet<Task> tasks =
            new TreeSet<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::order));
    private long now;
    private long order;

    @Override
    public long now() {
        return now;
    }

    @Override
    public Timer after(long milliseconds, Runnable work) {
        Task task = new Task(now + milliseconds, order++, work);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    /** Lets time pass. */
    public void advance(long milliseconds) {
        long until = now + milliseconds;
        while (!tasks.isEmpty() && tasks.first().due() <= until) {
            Task task = tasks.removeFirst();
            now = task.due();
            task.work().run();
        }
        now = until;
    }

    /** Timers that wait. */
    public int pending() {
        return tasks.size();
    }
}
