package dev.trunkline.caller.script;

import java.time.Duration;

/**
 * Keys that are pressed at a time, whatever else is going on; speech waits meanwhile.
 *
 * @param at since the answer
 */
public record TimedKeys(Duration at, Content.Keys keys) {}
