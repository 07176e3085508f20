package dev.trunkline.caller.load;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run has shown. Times are milliseconds; a figure that could not be had is NaN, and a reply that never came took for
 * ever.
 *
 * @param what was under load
 * @param calls wanted at once
 * @param held that were answered, lasted to the end and carried sound both ways
 * @param seconds measured
 * @param lateness of the server's packets, as they came
 * @param turns questions and answers
 * @param cost what it took
 * @param own what the callers themselves did, which decides whether the run is valid
 * @param server what the server says of itself
 */
record LoadReport(
        String what,
        int calls,
        int held,
        double seconds,
        Lateness lateness,
        Turns turns,
        Cost cost,
        Own own,
        Server server) {

    /** Of the processors, all together. */
    static final double MOST_BUSY = 0.85;

    /** Of the callers' own packets, in milliseconds. */
    static final double MOST_OWN_LATENESS = 5;

    /**
     * How late packets came after their due time; an ideal clock for each stream, set by the packet that came soonest.
     *
     * @param packets received
     * @param missing by their numbers
     * @param over5 part that was more than 5 ms late
     * @param over20 part that was more than 20 ms late: the late share
     */
    record Lateness(long packets, long missing, double over5, double over20, double p50, double p99, double worst) {}

    /**
     * Questions and answers.
     *
     * @param unanswered questions without an answer of their own
     * @param crossed answers that carried another caller's sign
     * @param unreadable answers that carried no sign
     * @param cutShort answers of which something was missing
     * @param inserted part of the answers' frames that was silence put in, or missing
     * @param replyP50 last frame of speech sent to first audible frame received
     * @param stop silence that the agent waits for, which is in the replies
     */
    record Turns(
            long questions,
            long answered,
            long unanswered,
            long crossed,
            long unreadable,
            long cutShort,
            double inserted,
            double replyP50,
            double replyP99,
            double stop) {}

    /**
     * What it took.
     *
     * @param cpuPerCallSecond CPU time of the server with all its descendants
     * @param memoryPerCall growth of their memory in bytes, divided among the calls
     * @param collector the server's garbage collector
     */
    record Cost(double cpuPerCallSecond, double memoryPerCall, String collector) {}

    /**
     * What the callers themselves did.
     *
     * @param cpuPerCallSecond CPU time of the callers' process
     * @param cores processors that were busy, with whatever
     * @param processors of the machine
     */
    record Own(
            long packets,
            long failures,
            double latenessP50,
            double latenessP99,
            double latenessWorst,
            double cpuPerCallSecond,
            double cores,
            int processors) {}

    /**
     * What the server says of itself.
     *
     * @param over5 part of its frames that it sent more than 5 ms late
     * @param skipped rounds of frames that it left out
     * @param underrunFrames silent frames that it put into utterances
     * @param engineP50 from the moment at which the caller's silence was long enough to the first audible packet
     * @param windows of sound judged by the voice-activity model, a call and second
     */
    record Server(
            double over5, double skipped, double underrunFrames, double engineP50, double engineP99, double windows) {

        static final Server UNKNOWN =
                new Server(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /** Why the run says nothing; empty if it is valid. */
    List<String> voids() {
        List<String> why = new ArrayList<>();
        if (own.cores() > MOST_BUSY * own.processors()) {
            why.add("the machine was busier than " + Math.round(MOST_BUSY * 100) + " % of its processors");
        }
        if (own.latenessP99() > MOST_OWN_LATENESS) {
            why.add("the callers themselves sent later than " + Math.round(MOST_OWN_LATENESS)
                    + " ms in one packet of a hundred");
        }
        return why;
    }

    boolean valid() {
        return voids().isEmpty();
    }

    boolean allHeld() {
        return held == calls && turns.crossed() == 0;
    }

    /** Reply beyond the silence that the agent waits for. */
    double beyondStopP50() {
        return turns.replyP50() - turns.stop();
    }

    /** Reply beyond the silence that the agent waits for. */
    double beyondStopP99() {
        return turns.replyP99() - turns.stop();
    }
}
