package dev.trunkline.app.calls;

import java.util.List;

/**
 * Some calls, newest first.
 *
 * @param items without their turns
 * @param more whether there are older ones
 * @param complete false if the record can't be read now: only calls in memory are here
 */
public record CallPage(List<CallView> items, boolean more, boolean complete) {
    public CallPage {
        items = List.copyOf(items);
    }
}
