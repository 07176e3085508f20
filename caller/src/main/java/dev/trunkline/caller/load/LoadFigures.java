package dev.trunkline.caller.load;

/** What the callers of one shard count; of the shard's thread, and read by others when that has ended. */
final class LoadFigures {

    final Histogram sendLateness = new Histogram();
    final Histogram serverLateness = new Histogram();
    final Replies replies = new Replies();
    long packetsSent;
    long packetsReceived;
    long packetsMissing;
    long malformed;
    long sendFailures;
    long asked;
    long answered;
    long unanswered;
    long answerFrames;
    long insertedFrames;
    long cutShort;
    long crossed;
    long unreadable;

    /** Adds all of another. */
    void add(LoadFigures other) {
        sendLateness.add(other.sendLateness);
        serverLateness.add(other.serverLateness);
        replies.add(other.replies);
        packetsSent += other.packetsSent;
        packetsReceived += other.packetsReceived;
        packetsMissing += other.packetsMissing;
        malformed += other.malformed;
        sendFailures += other.sendFailures;
        asked += other.asked;
        answered += other.answered;
        unanswered += other.unanswered;
        answerFrames += other.answerFrames;
        insertedFrames += other.insertedFrames;
        cutShort += other.cutShort;
        crossed += other.crossed;
        unreadable += other.unreadable;
    }
}
