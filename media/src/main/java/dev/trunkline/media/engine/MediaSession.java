package dev.trunkline.media.engine;

import dev.trunkline.media.playout.Playout;
import dev.trunkline.media.srtp.SrtpKeys;
import dev.trunkline.media.vad.VoiceActivitySettings;
import dev.trunkline.sound.AudioFormat;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The sound of one leg: an RTP port, what is heard on it and what is said. All methods may be called from any thread and
 * do not block; they take effect on the session's media thread within some milliseconds, in the order of the calls.
 * After {@link #close()} they do nothing.
 */
public interface MediaSession extends AutoCloseable {

    /** Where we listen, from the moment that the session is open: the address of the engine and an even port. */
    InetSocketAddress localAddress();

    /**
     * Sets what was agreed on. The first call starts sending; later calls are for re-INVITE, hold, change of codec. If
     * the peer's address is another than before, its source is learnt anew.
     */
    void negotiate(RtpParameters parameters);

    /**
     * Protects what is sent and opens what comes, from the next packet on; what is not authentic is dropped. The same
     * keys as before go on where they are. To be called before {@link #negotiate}.
     *
     * @param keys null for plain RTP
     */
    void protect(@Nullable SrtpKeys keys);

    /**
     * What {@link #hear} gives and {@link #playout} takes: linear, one channel, at 8 kHz or, where the codec of the call
     * carries more than the telephone's band, at 16 kHz. It follows what is negotiated until it is asked for or
     * something is played; from then on it stays whatever codecs come, and the engine resamples.
     */
    AudioFormat format();

    /**
     * Sends to the address that was agreed on, even if the peer's packets come from another: for a peer whose sender and
     * receiver are two programs. Without this call the session sends to where the packets come from (RFC 4961).
     */
    void sendAsAgreed();

    /** Sets who hears the caller, or nobody; replaces the one before. */
    void hear(@Nullable HearingSink sink);

    /** How the caller's speech is told from other sound; without this call the engine's settings hold. */
    void voiceActivity(VoiceActivitySettings settings);

    /** What the caller gets to hear. */
    Playout playout();

    /**
     * Sends keys (RFC 4733), 100 ms each with 60 ms between them; the voice pauses meanwhile. Nothing is sent, and it is
     * counted, if the peer does not take telephone-events.
     *
     * @param digits of 0 to 9, *, #, A to D
     * @throws IllegalArgumentException if there is another character
     */
    void sendDigits(String digits);

    /**
     * Sends keys as tones in the sound (ITU-T Q.23), 100 ms each with 60 ms between them; the voice pauses meanwhile. For a peer
     * that has no other way.
     *
     * @param digits of 0 to 9, *, #, A to D
     * @throws IllegalArgumentException if there is another character
     */
    void sendTones(String digits);

    /**
     * Connects two sessions of the same engine: each hears the other. What is played on a session goes before what comes
     * from the other. A bridge of either session that exists before is ended. With itself a session echoes.
     */
    void bridge(MediaSession other);

    /** Ends the bridge, on both sessions. */
    void unbridge();

    /** What has happened up to now; figures of one moment, give or take a packet. */
    SessionStatistics statistics();

    /** Ends the session and frees the port. */
    @Override
    void close();
}
