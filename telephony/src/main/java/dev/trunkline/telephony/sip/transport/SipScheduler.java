package dev.trunkline.telephony.sip.transport;

/** The SIP thread's clock and queue. Tests put a clock here that they move by hand. */
public interface SipScheduler {

    /** A task that is due later. */
    interface Timer {

        /** Drops the task; without effect if it has run. SIP thread only. */
        void cancel();
    }

    /** Milliseconds of a clock that only goes forward. */
    long now();

    /** Runs a task on the SIP thread after that many milliseconds. SIP thread only. */
    Timer after(long milliseconds, Runnable task);

    /** Runs a task on the SIP thread: at once if called on it, else soon. From any thread. */
    void execute(Runnable task);
}
