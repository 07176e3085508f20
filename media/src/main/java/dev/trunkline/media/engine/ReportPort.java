package dev.trunkline.media.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** The port above that of the sound, where reports come and go from unless they share the sound's; of the shard's thread. */
record ReportPort(RtpSession session, DatagramChannel channel, Reporting reporting, Protection protection)
        implements ReadyPort {

    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    @Override
    public void fail(Throwable e) {
        session.fail(e);
    }

    @Override
    public void leave() {
        session.leave();
    }

    @Override
    public void receive(Shard on) throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        on.inbound.clear();
        SocketAddress source = channel.receive(on.inbound);
        if (source == null) {
            return;
        }
        int length = on.inbound.flip().remaining();
        on.inbound.get(on.received, 0, length);
        int open = protection.open(on.received, length, true);
        reporting.onOwnPort(on.received, Math.max(0, open), (InetSocketAddress) source, System.nanoTime());
    }
}
