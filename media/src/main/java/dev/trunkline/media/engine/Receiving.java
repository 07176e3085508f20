package dev.trunkline.media.engine;

import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.engine.MediaEvent.FirstPacket;
import dev.trunkline.media.engine.MediaEvent.MediaTimedOut;
import dev.trunkline.media.engine.MediaEvent.SourceChanged;
import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.rtp.RtpPacket;
import dev.trunkline.media.rtp.RtpStatistics;
import dev.trunkline.media.rtp.SequenceTracker.Arrival;
import dev.trunkline.media.rtp.SourceLock;
import dev.trunkline.media.rtp.SourceLock.Verdict;
import dev.trunkline.media.rtp.TelephoneEventReceiver;
import dev.trunkline.media.vad.VoiceStream;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The way of a datagram into a call: is it RTP and of an agreed type, does it come from the call's source, what does its
 * number say; then digits to their receiver, sound to the bridge, and everything to {@link Hearing}, whose stream goes to
 * voice activity and to the sink.
 *
 * <p>Of the shard's thread; allocates nothing per packet.
 */
final class Receiving {

    private static final int USUAL_CLOCK = 8_000;

    private final ShardCounters counters;
    private final SessionEvents events;
    private final SpeechWatch voice;
    private final ToneDigits tones;
    private final SoundRate soundRate;
    private final long timeoutNanos;
    private final RtpPacket packet = new RtpPacket();
    private final RtpStatistics statistics = new RtpStatistics(USUAL_CLOCK, 1);
    private final SourceLock lock = new SourceLock(null);
    private final TelephoneEventReceiver digits;
    private final Hearing hearing;

    private @Nullable Agreement agreement;
    private @Nullable HearingSink sink;
    private volatile @Nullable BridgeInlet outlet;

    /** Where packets go to: what the peer's description says, then where its packets really come from. */
    private @Nullable InetSocketAddress source;

    private @Nullable CodecType heard;
    private volatile String heardCodec = "";

    private int heardRate = SoundRate.NARROW;
    private boolean targetKept;
    private boolean anyPacket;
    private boolean timedOut;
    private long quietSince;
    private int ssrc;
    private final Counter packets = new Counter();
    private final Counter strangers = new Counter();
    private final Counter malformed = new Counter();
    private final Counter bridgeDropped = new Counter();
    private final Counter lastPacket = new Counter();
    private final Counter ssrcSeen = new Counter();

    Receiving(
            MediaSettings settings,
            InBandDigits inBandDigits,
            ShardCounters counters,
            SessionEvents events,
            VoiceStream voice,
            SoundRate soundRate) {
        this.counters = counters;
        this.events = events;
        tones = new ToneDigits(inBandDigits, events);
        this.voice = new SpeechWatch(voice, tones);
        this.soundRate = soundRate;
        timeoutNanos = settings.mediaTimeout().toNanos();
        digits = new TelephoneEventReceiver(USUAL_CLOCK, events);
        hearing = new Hearing(settings.reorderPackets(), soundRate.now(), this::heard);
    }

    /** Holds from the next packet on. */
    void agree(Agreement next, long nowNanos) {
        Agreement before = agreement;
        agreement = next;
        InetSocketAddress named = next.parameters.remote();
        if (named != null && !named.getAddress().isAnyLocalAddress()) {
            boolean moved = before == null || !named.equals(before.parameters.remote());
            // only then: each renegotiation makes it easier for a while to take the source over
            if (moved) {
                lock.renegotiate(named);
                source = named;
            }
        }
        if (before != null) {
            next.takeOver(before);
        }
        tones.agree(next.parameters.sendDigits().isPresent());
        heardRate = soundRate.now();
        hearing.codecs(next.codecs, heardRate);
        quietSince = nowNanos;
        timedOut = false;
    }

    /** What is sent goes where the peer's description says, wherever its packets come from. */
    void keepTarget() {
        targetKept = true;
    }

    /** Hands the stream to that sink from now on. */
    void hear(@Nullable HearingSink newSink) {
        sink = newSink;
    }

    /** Gives received sound to that inlet of another session too; null for none. */
    void bridge(@Nullable BridgeInlet into) {
        BridgeInlet before = outlet;
        if (before != null && before != into) {
            bridgeDropped.add(before.dropped());
        }
        outlet = into;
    }

    /** A datagram came. */
    void datagram(byte[] data, int length, InetSocketAddress from, long now) {
        RtpPacket.Fault fault = packet.wrap(data, 0, length);
        Agreement agreed = agreement;
        if (fault != RtpPacket.Fault.NONE || agreed == null || !agreed.accepts(packet.payloadType())) {
            malformed.increment();
            counters.malformed.increment();
            return;
        }
        Verdict verdict = lock.onPacket(from, packet.ssrc(), packet.sequence(), now);
        if (!verdict.usable()) {
            strangers.increment();
            counters.strangers.increment();
            return;
        }
        boolean moved = verdict == Verdict.LOCKED;
        if (moved && !targetKept) {
            source = from;
        }
        packets.increment();
        counters.packetsReceived.increment();
        counters.bytesReceived.add(length);
        lastPacket.set(now);
        quietSince = now;
        timedOut = false;
        accept(agreed, from, moved, now);
    }

    /** A datagram came that is not authentic. */
    void refuse() {
        malformed.increment();
        counters.malformed.increment();
    }

    private void accept(Agreement agreed, InetSocketAddress from, boolean moved, long now) {
        int payloadType = packet.payloadType();
        CodecType codec = agreed.typeOf(payloadType);
        if (codec != null) {
            if (codec != heard) {
                heard = codec;
                heardCodec = codec.name();
            }
            statistics.clockRate(codec.clockRate());
        }
        Arrival arrival = statistics.onPacket(packet.ssrc(), packet.sequence(), packet.timestamp(), codec != null, now);
        if (moved || packet.ssrc() != ssrc) {
            tellSource(from, now);
        }
        if (!agreed.receives()) {
            return;
        }
        int digitClock = agreed.digitClock(payloadType);
        if (digitClock > 0) {
            tones.eventCame();
            digits.clockRate(digitClock);
            digits.onPacket(
                    packet.ssrc(),
                    packet.timestamp(),
                    packet.array(),
                    packet.payloadOffset(),
                    packet.payloadLength(),
                    now);
        }
        BridgeInlet into = outlet;
        int units = agreed.clockUnits(packet);
        if (into != null && codec != null && units > 0 && arrival.usable()) {
            into.offer(packet, codec, units, now);
        }
        hearing.packet(packet, units, now);
    }

    private void tellSource(InetSocketAddress from, long now) {
        ssrc = packet.ssrc();
        ssrcSeen.set(ssrc);
        if (anyPacket) {
            events.tell(new SourceChanged(now, from, ssrc));
        } else {
            anyPacket = true;
            events.tell(new FirstPacket(now, from));
        }
    }

    private void heard(short[] samples, int length, long position, long arrivalNanos) {
        voice.hear(samples, length, heardRate, hearing.isMadeUp(), arrivalNanos);
        HearingSink to = sink;
        if (to != null) {
            try {
                to.heard(samples, length, position, arrivalNanos);
            } catch (RuntimeException | LinkageError | AssertionError e) {
                events.callbackFailed("sink", e);
            }
        }
    }

    /** 20 ms have passed. */
    void tick(long now) {
        hearing.tick(now);
        digits.poll(now);
        Agreement agreed = agreement;
        // On hold silence says nothing: who does not want to hear us need not send either.
        if (agreed == null || !agreed.receives() || !agreed.sends()) {
            quietSince = now;
        } else if (!timedOut && now - quietSince >= timeoutNanos) {
            timedOut = true;
            counters.mediaTimeouts.increment();
            events.tell(new MediaTimedOut(now));
        }
    }

    /** Where to send; null as long as unknown. */
    @Nullable
    InetSocketAddress source() {
        return source;
    }

    long packets() {
        return packets.get();
    }

    /** Where the call's packets have been proven to come from; null before the first. */
    @Nullable
    InetSocketAddress provenSource() {
        return (InetSocketAddress) lock.source();
    }

    /** What came, and how; of the shard's thread. */
    RtpStatistics statistics() {
        return statistics;
    }

    /** Encoding name of what was heard last. */
    String heardCodec() {
        return heardCodec;
    }

    long strangers() {
        return strangers.get();
    }

    /** What is no RTP of an agreed type, and payloads that are none of their codec's. */
    long malformed() {
        return malformed.get() + hearing.undecodable();
    }

    /** Gives the decoders back. */
    void close() {
        Agreement agreed = agreement;
        if (agreed != null) {
            agreed.close();
        }
    }

    long lost() {
        return statistics.lost();
    }

    long duplicates() {
        return statistics.duplicate();
    }

    double jitterMillis() {
        return statistics.jitterMillis();
    }

    long late() {
        return hearing.late();
    }

    long concealedFrames() {
        return hearing.concealedFrames();
    }

    long bridgeDropped() {
        BridgeInlet into = outlet;
        return bridgeDropped.get() + (into == null ? 0 : into.dropped());
    }

    int ssrc() {
        return (int) ssrcSeen.get();
    }

    long lastPacketNanos() {
        return lastPacket.get();
    }
}
