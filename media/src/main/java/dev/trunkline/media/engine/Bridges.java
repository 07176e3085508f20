package dev.trunkline.media.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Who is connected with whom; changed by the threads that control calls, never by a packet. */
final class Bridges {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RtpSession, RtpSession> partners = new HashMap<>();
    private final int minDelayMillis;
    private final int maxDelayMillis;

    Bridges(MediaSettings settings) {
        minDelayMillis = (int) settings.jitterMin().toMillis();
        maxDelayMillis = (int) settings.jitterMax().toMillis();
    }

    void connect(RtpSession one, RtpSession other) {
        lock.lock();
        try {
            disconnect(one);
            disconnect(other);
            if (one.isClosed() || other.isClosed()) {
                return;
            }
            BridgeInlet toOther = new BridgeInlet(minDelayMillis, maxDelayMillis);
            BridgeInlet toOne = one == other ? toOther : new BridgeInlet(minDelayMillis, maxDelayMillis);
            partners.put(one, other);
            partners.put(other, one);
            one.connect(toOther, toOne);
            if (one != other) {
                other.connect(toOne, toOther);
            }
        } finally {
            lock.unlock();
        }
    }

    void disconnect(RtpSession session) {
        lock.lock();
        try {
            RtpSession partner = partners.remove(session);
            if (partner != null) {
                partners.remove(partner);
                session.connect(null, null);
                partner.connect(null, null);
            }
        } finally {
            lock.unlock();
        }
    }
}
