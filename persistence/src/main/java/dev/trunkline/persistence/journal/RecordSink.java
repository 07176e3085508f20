package dev.trunkline.persistence.journal;

import dev.trunkline.core.record.CallLogEntry;
import java.util.List;

/** Where the journal's entries go for good. Used by one thread at a time; may block. */
public interface RecordSink {

    /**
     * Stores the entries, in their order, all or none. Entries that were stored before are stored again without effect.
     *
     * @return how many were refused for what they are; they would be refused for ever
     * @throws SinkAwayException if the store can't be reached or can't store now; to be tried again
     */
    int store(List<CallLogEntry> entries) throws SinkAwayException;

    /**
     * Closes the calls that an earlier life of that node left open, at the last moment that is known of each.
     *
     * @return how many
     * @throws SinkAwayException as above
     */
    int closeAbandoned(String node) throws SinkAwayException;
}
