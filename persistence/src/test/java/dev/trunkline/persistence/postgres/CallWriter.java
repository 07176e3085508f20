package dev.trunkline.persistence.postgres;

import dev.trunkline.persistence.journal.JournalSettings;
import dev.trunkline.persistence.journal.JournaledCallLog;
import dev.trunkline.persistence.record.Entries;
import java.nio.file.Path;

/** A server's record keeping in a process of its own, for tests that kill it: one endless call, a turn every few milliseconds. */
public final class CallWriter {

    private CallWriter() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Database database = TestDatabases.open(folder);
        JournaledCallLog log = new JournaledCallLog(
                JournalSettings.in(folder.resolve("journal"), "node-a"), new CallRecordWriter(database.dataSource()));
        log.write(Entries.opened("endless", 0));
        for (int number = 1; ; number++) {
            log.write(Entries.turn("endless", number, "turn " + number));
            System.out.println(
                    number + " " + (database.isUp() ? log.statistics().stored() : 0));
            Thread.sleep(5);
        }
    }
}
