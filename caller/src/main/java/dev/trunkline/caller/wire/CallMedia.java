package dev.trunkline.caller.wire;

import dev.trunkline.caller.network.ImpairedPath;
import dev.trunkline.caller.report.Traffic;
import dev.trunkline.caller.script.Round;
import dev.trunkline.caller.script.ScriptPlayer;
import dev.trunkline.caller.sound.AgentEar;
import dev.trunkline.caller.sound.Recording;
import dev.trunkline.media.codec.Codec;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The sound of one call, without a socket and without a clock: asked every 20 ms for packets, given every datagram that
 * came. Times are nanoseconds since the answer. Used by one thread.
 */
public final class CallMedia {

    /** Nanoseconds of a round. */
    public static final long ROUND = 20_000_000L;

    /** An RFC 4733 event's end is sent so often. */
    private static final int END_PACKETS = 3;

    private static final short[] SILENCE = {};

    private final ScriptPlayer player;
    private final ImpairedPath path;
    private final Codec codec;
    private final RtpSender sender;
    private final RtpReceiver receiver;
    private final Recording heard;
    private final Recording said;
    private final Lateness lateness = new Lateness();
    private final StringBuilder keysHeard = new StringBuilder();
    private long rounds;
    private long packetsSent;

    /**
     * The media of a call that has just been answered.
     *
     * @param eventType payload type of telephone events; negative if the far side takes none
     * @param maxSamples how much of the call is recorded at most
     */
    public CallMedia(
            ScriptPlayer player,
            AgentEar ear,
            Codec codec,
            int eventType,
            ImpairedPath path,
            long maxSamples,
            long seed) {
        this.player = player;
        this.path = path;
        this.codec = codec;
        this.sender = new RtpSender(codec, eventType, ScriptPlayer.FRAME, new Random(seed));
        this.heard = new Recording(maxSamples);
        this.said = new Recording(maxSamples);
        this.receiver = new RtpReceiver(OfferedCodecs::byPayloadType, eventType, new RtpReceiver.Sink() {
            @Override
            public void frame(long arrivalNanos, long position, short[] pcm, int length, boolean fresh) {
                if (fresh) {
                    heard.write(position, pcm, 0, length);
                    ear.frame(arrivalNanos, pcm, 0, length);
                }
            }

            @Override
            public void key(char digit) {
                keysHeard.append(digit);
            }
        });
    }

    /** When the next round is due. */
    public long nextRound() {
        return rounds * ROUND;
    }

    /** When anything is due: a round, or a delayed packet. */
    public long nextDue() {
        return Math.min(nextRound(), path.nextDue());
    }

    /**
     * Plays the round that is due: its packets go into the network.
     *
     * @param now the real time, for the lateness
     * @return what is to be done beside sound: hang up, send INFO; null if nothing
     */
    public @Nullable Round round(long now) {
        long due = nextRound();
        lateness.add(now - due);
        Round round = player.next(due);
        if (round instanceof Round.Voice voice) {
            int samples = Math.clamp(voice.pcm().length - voice.offset(), 0, ScriptPlayer.FRAME);
            said.write(due / 125_000, voice.pcm(), voice.offset(), samples);
            out(sender.audio(voice.pcm(), voice.offset()), due);
        } else if (round instanceof Round.Key key && sender.hasEvents()) {
            key(key, due);
        } else {
            out(sender.audio(SILENCE, 0), due);
        }
        rounds++;
        return wish(round);
    }

    private @Nullable Round wish(Round round) {
        if (round instanceof Round.HangUp || round instanceof Round.InfoKey) {
            return round;
        }
        // a far side without telephone events gets the key by INFO
        return round instanceof Round.Key key && !sender.hasEvents() && key.round() == 0
                ? new Round.InfoKey(key.digit())
                : null;
    }

    /** The next packet that the network delivers by then, or null. */
    public byte @Nullable [] delivered(long now) {
        return path.arrived(now);
    }

    /** A datagram from the far side; the array may be used again. */
    public void datagram(byte[] data, int length, long arrivalNanos) {
        receiver.datagram(data, length, arrivalNanos);
    }

    /** What was heard, silent to the end where nothing came. */
    public Recording heard() {
        heard.extendTo(rounds * ScriptPlayer.FRAME);
        return heard;
    }

    /** What was said. */
    public Recording said() {
        said.extendTo(rounds * ScriptPlayer.FRAME);
        return said;
    }

    /** Keys that the far side pressed. */
    public String keysHeard() {
        return keysHeard.toString();
    }

    /** Gives encoder and decoders back; no round comes any more. */
    public void close() {
        codec.close();
        receiver.close();
    }

    /** The packets both ways. */
    public Traffic traffic(long strangers) {
        Traffic.Received in = receiver.counts();
        return new Traffic(
                new Traffic.Sent(
                        packetsSent,
                        path.lost(),
                        path.duplicated(),
                        path.reordered(),
                        lateness.p99Millis(),
                        lateness.maxMillis()),
                strangers == 0
                        ? in
                        : new Traffic.Received(
                                in.packets(),
                                in.lost(),
                                in.duplicates(),
                                in.outOfOrder(),
                                in.sources(),
                                in.malformed() + strangers,
                                in.jitterMillis(),
                                in.longestGapMillis()));
    }

    private void key(Round.Key key, long due) {
        out(sender.event(key.digit(), key.round(), key.last(), false), due);
        if (key.last()) {
            for (int i = 1; i < END_PACKETS; i++) {
                out(sender.event(key.digit(), key.round(), true, true), due);
            }
        }
    }

    private void out(byte[] packet, long now) {
        packetsSent++;
        path.send(packet, now);
    }
}
