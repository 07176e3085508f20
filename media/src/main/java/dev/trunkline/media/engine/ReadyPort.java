package dev.trunkline.media.engine;

import java.io.IOException;

/** A socket of a session that its shard reads when something has come; of the shard's thread. */
interface ReadyPort {

    /** Whose it is. */
    RtpSession session();

    /** Reads one datagram. */
    void receive(Shard on) throws IOException;
}
