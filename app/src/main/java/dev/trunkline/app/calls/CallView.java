package dev.trunkline.app.calls;

import dev.trunkline.core.call.CallState;
import dev.trunkline.core.record.CallRecord;

/**
 * A call with where it stands.
 *
 * @param record what is known of it; its turns so far, if it is live
 * @param state where it stands
 */
public record CallView(CallRecord record, CallState state) {}
