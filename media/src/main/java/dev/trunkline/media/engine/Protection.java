package dev.trunkline.media.engine;

import dev.trunkline.media.srtp.SrtpKeys;
import dev.trunkline.media.srtp.SrtpReceiver;
import dev.trunkline.media.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;

/** SRTP of one session, or none; of the shard's thread, allocates nothing per packet. */
final class Protection {

    private @Nullable SrtpSender sender;
    private @Nullable SrtpReceiver receiver;

    /** Holds from the next packet on; a key that stays keeps its counts. */
    void agree(@Nullable SrtpKeys keys) {
        if (keys == null) {
            sender = null;
            receiver = null;
            return;
        }
        if (sender == null || !sender.key().equals(keys.sending())) {
            sender = new SrtpSender(keys.sending());
        }
        if (receiver == null || !receiver.key().equals(keys.receiving())) {
            receiver = new SrtpReceiver(keys.receiving());
        }
    }

    /** The length of the packet that is to be sent. */
    int protect(byte[] data, int length) {
        SrtpSender by = sender;
        return by == null ? length : by.protect(data, length);
    }

    /** The length of the report that is to be sent. */
    int protectReport(byte[] data, int length) {
        SrtpSender by = sender;
        return by == null ? length : by.protectReport(data, length);
    }

    /** The length of what has come, negative if it must not be used. */
    int open(byte[] data, int length, boolean report) {
        SrtpReceiver by = receiver;
        if (by == null) {
            return length;
        }
        return report ? by.openReport(data, length) : by.open(data, length);
    }
}
