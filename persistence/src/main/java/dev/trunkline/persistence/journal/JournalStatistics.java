package dev.trunkline.persistence.journal;

/**
 * Counts of a journal since it was opened.
 *
 * @param taken entries given to it
 * @param stored entries that have reached the database, repetitions included
 * @param refused entries that the database will never take
 * @param unreadable lines that a crash or the disk spoilt
 * @param turnsDropped turns given up because the journal was full
 * @param entriesLost other entries given up: journal full without turns, memory full, queue full
 * @param waitingBytes bytes on disk that wait for the database
 * @param waitingInMemory entries in memory that wait for the disk
 * @param diskTakes whether the disk took the last entry
 * @param databaseTakes whether the database took the last batch
 */
public record JournalStatistics(
        long taken,
        long stored,
        long refused,
        long unreadable,
        long turnsDropped,
        long entriesLost,
        long waitingBytes,
        int waitingInMemory,
        boolean diskTakes,
        boolean databaseTakes) {}
