package dev.trunkline.telephony.sip.registration;

import java.util.random.RandomGenerator;

/**
 * How patient we are with trunks, in milliseconds. After a failure we try again quickly for two minutes, because most
 * registrars are back in a moment; then more and more rarely as RFC 5626, 4.5 has it: doubled each time, up to half an
 * hour. Each wait is shortened by up to a half by chance, so that the customers of a registrar do not all come back in
 * the same second.
 *
 * @param quickRetry the first wait; doubled for each further quick one, up to slowRetry
 * @param quickRetries how many waits are quick
 * @param slowRetry the longest quick wait; the slow ones begin with twice that
 * @param longestRetry no wait is longer
 * @param refusedRetry the wait after a refusal: a wrong password does not become right, and trying on locks accounts
 * @param watchFrom shortest time between two OPTIONS
 * @param watchTo longest time between two OPTIONS
 * @param ping time between two keep-alives for NATs, which forget UDP after 30 s
 */
public record TrunkTimers(
        long quickRetry,
        int quickRetries,
        long slowRetry,
        long longestRetry,
        long refusedRetry,
        long watchFrom,
        long watchTo,
        long ping) {

    /** 5, 10, 20, 30, 30, 30 s, then 1 min to 30 min; 30 min after a refusal; OPTIONS every 30 to 60 s; keep-alives every 25 s. */
    public static final TrunkTimers STANDARD =
            new TrunkTimers(5_000, 6, 30_000, 1_800_000, 1_800_000, 30_000, 60_000, 25_000);

    /** The wait after that many failures in a row, from 1, before chance shortens it. */
    long longestWait(int failures) {
        int before = Math.min(failures - 1, 20);
        if (before < quickRetries) {
            return Math.min(Math.min(quickRetry << before, slowRetry), longestRetry);
        }
        return Math.min(slowRetry << before - quickRetries + 1, longestRetry);
    }

    long wait(int failures, RandomGenerator random) {
        return shortened(longestWait(failures), random);
    }

    static long shortened(long longest, RandomGenerator random) {
        return longest - random.nextLong(longest / 2 + 1);
    }
}
