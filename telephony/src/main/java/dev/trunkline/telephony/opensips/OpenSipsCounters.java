package dev.trunkline.telephony.opensips;

import java.util.concurrent.atomic.LongAdder;

/** What has happened between us and OpenSIPS. Thread-safe. */
public final class OpenSipsCounters {

    /** What is counted. */
    public enum Event {
        /** Events that were understood. */
        EVENTS,
        /** Datagrams from somebody else than OpenSIPS. */
        STRANGERS,
        /** Datagrams that were no JSON-RPC of these kinds. */
        MALFORMED,
        /** Events that say what was known already. */
        DUPLICATES,
        /** Events of sessions that are not, or no longer, ours. */
        UNKNOWN_SESSIONS,
        /** Commands that we gave. */
        COMMANDS,
        /** Commands repeated because no answer came. */
        COMMANDS_REPEATED,
        /** Commands that were never answered. */
        COMMANDS_UNANSWERED,
        /** Commands that OpenSIPS refused. */
        COMMANDS_REFUSED,
        /** Answers that belong to no command. */
        STRAY_ANSWERS,
        /** Subscriptions made again after OpenSIPS had been away. */
        SUBSCRIPTIONS_RECOVERED,
        /** Failures inside this channel. */
        INTERNAL_ERRORS
    }

    private final LongAdder[] counts = new LongAdder[Event.values().length];

    /** All zero. */
    public OpenSipsCounters() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** One more. */
    void count(Event event) {
        counts[event.ordinal()].increment();
    }

    /** How many so far. */
    public long get(Event event) {
        return counts[event.ordinal()].sum();
    }
}
