package dev.trunkline.telephony.sip.transaction;

/**
 * How much the layer remembers of what comes in, so that a flood can't use up the memory. Requests of a running call and
 * CANCELs are taken above the first three limits, as far as the reserve reaches.
 *
 * @param transactions server transactions in all
 * @param perSource server transactions of one address
 * @param bytes requests without an answer and answers kept for repetition, in all
 * @param reserve server transactions above the limit for what belongs to something known
 */
public record ServerLimits(int transactions, int perSource, long bytes, int reserve) {

    /** 10,000 in all, half of them for one address (a trunk is one address), 32 MiB, 2,000 for running calls. */
    public static final ServerLimits STANDARD = new ServerLimits(10_000, 5_000, 32L << 20, 2_000);

    public ServerLimits {
        if (transactions < 1 || perSource < 1 || bytes < 1 || reserve < 0) {
            throw new IllegalArgumentException("limits below one");
        }
    }
}
