package dev.trunkline.media.engine;

import java.net.InetSocketAddress;

/** Somebody who has begun to send to a {@link SharedPort}, and is proven by two packets in a row (RFC 3550, A.1). */
public interface NewSource {

    /** Where the packets come from. */
    InetSocketAddress address();

    /** The stream: one address may send several. */
    int ssrc();

    /** Payload type of the packet that proved it, 0 to 127. */
    int payloadType();

    /**
     * Makes a session of it, which gets the packets of this source and sends from the shared port. Any thread, once. The
     * session is like any other; when it is closed, the source is not new again before it has been silent for {@value
     * SourceTable#SILENCE_MILLIS} ms.
     *
     * @throws IllegalStateException if the engine or the port is closed
     */
    MediaSession accept(MediaSessionListener listener);

    /** Does not want it: it is not new again before it has been silent for that time. Any thread. */
    void decline();
}
