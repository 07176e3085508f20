package dev.trunkline.caller.sound;

import java.util.List;

/**
 * What was found when looking for a signature in sound, in windows of 40 ms every 20 ms.
 *
 * @param own audible windows with the signature looked for
 * @param foreign audible windows with somebody else's
 * @param unclear audible windows with neither: transitions, concealed losses, speech
 * @param foreigners the numbers of the signatures that do not belong there
 * @param steps steps of the counter seen, one after the other
 * @param skipped steps that are missing between two that follow each other (a lost piece)
 * @param repeated places where the counter went back (a piece that came twice)
 */
public record SignatureReading(
        int own, int foreign, int unclear, List<Integer> foreigners, int steps, int skipped, int repeated) {

    public SignatureReading {
        foreigners = List.copyOf(foreigners);
    }

    static SignatureReading of(int own, int foreign, int unclear, List<Integer> foreigners, List<Integer> counters) {
        int steps = 0;
        int skipped = 0;
        int repeated = 0;
        int last = -1;
        for (int i = 0; i < counters.size(); i++) {
            int counter = counters.get(i);
            // a step lasts five windows: one seen once only, between two others, is a transition misread
            boolean confirmed = i + 1 < counters.size() && counters.get(i + 1) == counter;
            if (counter == last || !confirmed) {
                continue;
            }
            steps++;
            if (last >= 0) {
                int ahead = Math.floorMod(counter - last, Signature.CYCLE);
                if (ahead > Signature.CYCLE / 2) {
                    repeated++;
                } else {
                    skipped += ahead - 1;
                }
            }
            last = counter;
        }
        return new SignatureReading(own, foreign, unclear, foreigners, steps, skipped, repeated);
    }

    /** Whether somebody else's sound was heard. */
    public boolean crossed() {
        return foreign > 0;
    }

    /** The share of audible windows that were the own signature, 0 to 1; 0 if nothing was audible. */
    public double share() {
        int all = own + foreign + unclear;
        return all == 0 ? 0 : (double) own / all;
    }
}
