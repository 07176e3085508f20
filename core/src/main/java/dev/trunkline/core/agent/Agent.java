package dev.trunkline.core.agent;

import java.time.Duration;

/**
 * Somebody who answers calls, with all settings; immutable, so that a call keeps what it began with.
 *
 * @param name lower-case word; also the SIP user that reaches it, unless numbers say otherwise
 * @param greeting what it says first; empty if its scenario greets
 * @param instructions the system prompt for a language model; empty for a pure scenario
 * @param language BCP 47 tag of what it speaks and hears
 * @param voice the synthesiser's name of its voice; empty for the default
 * @param person what to dial when a caller wants a person; empty if there is nobody
 * @param turnTaking when it takes and yields the floor
 * @param limits how long and how many calls
 */
public record Agent(
        String name,
        String greeting,
        String instructions,
        String language,
        String voice,
        String person,
        TurnTaking turnTaking,
        Limits limits) {

    /**
     * When an agent takes and yields the floor.
     *
     * @param speculateAfter silence after which recognition, thinking and the first synthesis run unheard
     * @param endOfTurnAfter silence after which the caller has finished, for a complete sentence
     * @param patience the same, for an unfinished one or while a number, name or message is given
     * @param holdAfter speech that holds the agent's voice
     * @param commitAfter speech after which a hold becomes an interruption even if no words are known yet, at most 1.2 s
     * @param idleAfter silence after which the caller is prompted
     * @param idlePrompts prompts before the agent says goodbye
     */
    public record TurnTaking(
            Duration speculateAfter,
            Duration endOfTurnAfter,
            Duration patience,
            Duration holdAfter,
            Duration commitAfter,
            Duration idleAfter,
            int idlePrompts) {

        /** For the telephone. */
        public static final TurnTaking DEFAULT = new TurnTaking(
                Duration.ofMillis(180),
                Duration.ofMillis(500),
                Duration.ofMillis(1100),
                Duration.ofMillis(160),
                Duration.ofMillis(900),
                Duration.ofSeconds(9),
                2);
    }

    /**
     * How long and how many calls.
     *
     * @param maxDuration after which the agent says goodbye
     * @param maxCalls at once; one more is busy
     */
    public record Limits(Duration maxDuration, int maxCalls) {

        /** Half an hour, twenty at once. */
        public static final Limits DEFAULT = new Limits(Duration.ofMinutes(30), 20);
    }
}
