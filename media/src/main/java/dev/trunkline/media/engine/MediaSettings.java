package dev.trunkline.media.engine;

import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.vad.VoiceActivitySettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a media engine runs; fixed at its start.
 *
 * @param bindAddress where RTP is received
 * @param firstPort lowest RTP port; only even ports are used
 * @param lastPort highest RTP port, inclusive
 * @param shards media threads, 1 or more
 * @param mediaTimeout how long nothing may come on a session that both sends and receives
 * @param reorderPackets packets that hearing waits for a missing one, 0 to 2
 * @param jitterMin least delay of what is played on a bridge
 * @param jitterMax most delay of what is played on a bridge, at most 1 s
 * @param voiceActivity what counts as speech where a session does not say otherwise
 * @param codecs what is offered and taken, best first; at least one
 */
public record MediaSettings(
        InetAddress bindAddress,
        int firstPort,
        int lastPort,
        int shards,
        Duration mediaTimeout,
        int reorderPackets,
        Duration jitterMin,
        Duration jitterMax,
        VoiceActivitySettings voiceActivity,
        List<CodecType> codecs) {

    public MediaSettings {
        Objects.requireNonNull(bindAddress, "bindAddress");
        Objects.requireNonNull(mediaTimeout, "mediaTimeout");
        Objects.requireNonNull(jitterMin, "jitterMin");
        Objects.requireNonNull(jitterMax, "jitterMax");
        Objects.requireNonNull(voiceActivity, "voiceActivity");
        codecs = List.copyOf(codecs);
        if (codecs.isEmpty()) {
            throw new IllegalArgumentException("no codec");
        }
        if (firstPort < 1 || lastPort > 65_535 || firstPort > lastPort) {
            throw new IllegalArgumentException("port range " + firstPort + "-" + lastPort);
        }
        if (shards < 1) {
            throw new IllegalArgumentException("shards: " + shards);
        }
        if (!mediaTimeout.isPositive()) {
            throw new IllegalArgumentException("media time-out: " + mediaTimeout);
        }
        if (reorderPackets < 0 || reorderPackets > 2) {
            throw new IllegalArgumentException("reorder packets: " + reorderPackets);
        }
        if (jitterMin.isNegative()
                || jitterMin.compareTo(jitterMax) > 0
                || jitterMax.compareTo(Duration.ofSeconds(1)) > 0) {
            throw new IllegalArgumentException("jitter " + jitterMin + " to " + jitterMax);
        }
    }

    /** Loopback, ports 10000 to 20000, a thread for every two cores, time-out 30 s, reorder 2, jitter 20 to 200 ms. */
    public static MediaSettings defaults() {
        return new MediaSettings(
                InetAddress.getLoopbackAddress(),
                10_000,
                20_000,
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                Duration.ofSeconds(30),
                2,
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                VoiceActivitySettings.DEFAULT,
                Codecs.all());
    }

    /** The same on another address. */
    public MediaSettings withBindAddress(InetAddress address) {
        return new MediaSettings(
                address,
                firstPort,
                lastPort,
                shards,
                mediaTimeout,
                reorderPackets,
                jitterMin,
                jitterMax,
                voiceActivity,
                codecs);
    }

    /** The same with another range of ports, both ends inclusive. */
    public MediaSettings withPorts(int first, int last) {
        return new MediaSettings(
                bindAddress,
                first,
                last,
                shards,
                mediaTimeout,
                reorderPackets,
                jitterMin,
                jitterMax,
                voiceActivity,
                codecs);
    }

    /** The same with another number of media threads. */
    public MediaSettings withShards(int count) {
        return new MediaSettings(
                bindAddress,
                firstPort,
                lastPort,
                count,
                mediaTimeout,
                reorderPackets,
                jitterMin,
                jitterMax,
                voiceActivity,
                codecs);
    }

    /** The same with another media time-out. */
    public MediaSettings withMediaTimeout(Duration timeout) {
        return new MediaSettings(
                bindAddress,
                firstPort,
                lastPort,
                shards,
                timeout,
                reorderPackets,
                jitterMin,
                jitterMax,
                voiceActivity,
                codecs);
    }

    /** The same with other voice-activity settings. */
    public MediaSettings withVoiceActivity(VoiceActivitySettings settings) {
        return new MediaSettings(
                bindAddress,
                firstPort,
                lastPort,
                shards,
                mediaTimeout,
                reorderPackets,
                jitterMin,
                jitterMax,
                settings,
                codecs);
    }

    /** The same with other codecs, best first. */
    public MediaSettings withCodecs(List<CodecType> offered) {
        return new MediaSettings(
                bindAddress,
                firstPort,
                lastPort,
                shards,
                mediaTimeout,
                reorderPackets,
                jitterMin,
                jitterMax,
                voiceActivity,
                offered);
    }
}
