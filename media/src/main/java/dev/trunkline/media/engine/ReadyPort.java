package dev.trunkline.media.engine;

import java.io.IOException;

/** A socket that a shard reads when something has come; of the shard's thread. */
interface ReadyPort {

    /** Reads one datagram. */
    void receive(Shard on) throws IOException;

    /** Reading it failed. */
    void fail(Throwable e);

    /** The shard ends: closes what belongs to the socket. */
    void leave();
}
