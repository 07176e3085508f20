package dev.trunkline.persistence.postgres;

import java.time.Instant;

/** Whether the database can be used. */
public sealed interface DatabaseStatus {

    /** It is being started, reached or migrated for the first time. */
    record Starting() implements DatabaseStatus {}

    /** It answers and has the newest tables. */
    record Up(Instant since) implements DatabaseStatus {}

    /** It can't be used; it is tried again and again. */
    record Away(Instant since, String why) implements DatabaseStatus {}

    /** It was closed by us. */
    record Closed() implements DatabaseStatus {}
}
