package dev.trunkline.core.conversation;

import dev.trunkline.core.time.Timekeeper;
import dev.trunkline.core.time.Timekeeper.Alarm;
import java.time.Duration;

/** Alarms that ring on the conversation's thread. One that was cancelled there does nothing, even if it was under way. */
final class Alarms {

    private final Timekeeper time;
    private final Mailbox mailbox;

    Alarms(Timekeeper time, Mailbox mailbox) {
        this.time = time;
        this.mailbox = mailbox;
    }

    /** Rings after that time. */
    Alarm after(Duration delay, Runnable action) {
        var alarm = new MailboxAlarm(action);
        alarm.timer = time.after(delay.isNegative() ? Duration.ZERO : delay, () -> mailbox.post(alarm::ring));
        return alarm;
    }

    /** Rings that long after a moment of the steady clock, or at once if that has passed. */
    Alarm since(long nanos, Duration delay, Runnable action) {
        return after(delay.minusNanos(time.nanoTime() - nanos), action);
    }

    private static final class MailboxAlarm implements Alarm {

        private final Runnable action;
        private Alarm timer = () -> {};
        private boolean cancelled;

        MailboxAlarm(Runnable action) {
            this.action = action;
        }

        void ring() {
            if (!cancelled) {
                cancelled = true;
                action.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            timer.cancel();
        }
    }
}
