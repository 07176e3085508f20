package dev.trunkline.core.record;

import java.time.Instant;

/**
 * A message that the agent took.
 *
 * @param number its number in the call, from 1
 * @param takenAt when
 * @param name who left it, as understood
 * @param callback where to call back, digits
 * @param text what it says
 */
public record Message(int number, Instant takenAt, String name, String callback, String text) {}
