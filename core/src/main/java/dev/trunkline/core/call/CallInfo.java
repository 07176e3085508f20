package dev.trunkline.core.call;

import java.time.Instant;

/**
 * What is known of a call from its first moment and never changes.
 *
 * @param id its name
 * @param channel the channel it runs over, in lower case: {@code sip}, {@code asterisk} ...
 * @param direction who called whom
 * @param from the caller
 * @param to who was dialled
 * @param startedAt when it reached us
 */
public record CallInfo(CallId id, String channel, CallDirection direction, Party from, Party to, Instant startedAt) {}
