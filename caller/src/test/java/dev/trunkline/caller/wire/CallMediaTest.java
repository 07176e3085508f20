package dev.trunkline.caller.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trunkline.caller.network.ImpairedPath;
import dev.trunkline.caller.network.Impairments;
import dev.trunkline.caller.report.Traffic;
import dev.trunkline.caller.script.Content;
import dev.trunkline.caller.script.Cue;
import dev.trunkline.caller.script.Round;
import dev.trunkline.caller.script.Script;
import dev.trunkline.caller.script.ScriptPlayer;
import dev.trunkline.caller.script.Step;
import dev.trunkline.caller.sound.AgentEar;
import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.codec.G711;
import dev.trunkline.media.rtp.RtpPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallMediaTest {

    private static final long MS = 1_000_000;
    private static final int EVENTS = 101;

    private static CallMedia media(int eventType, Step... steps) {
        return media(Codecs.PCMU.create(), eventType, steps);
    }

    private static CallMedia media(Codec codec, int eventType, Step... steps) {
        Script script = new Script(
                List.of(steps), List.of(), Script.PAUSE, Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(1));
        AgentEar ear = new AgentEar(script.pause().toNanos());
        return new CallMedia(
                new ScriptPlayer(script, ear), ear, codec, eventType, new ImpairedPath(Impairments.NONE), 80_000, 1);
    }

    private static Step atOnce(Content content) {
        return new Step(new Cue.AfterStep(Duration.ZERO), content);
    }

    private static List<RtpPacket> rounds(CallMedia media, int count, List<Round> wishes) {
        List<RtpPacket> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long now = media.nextRound();
            Round wish = media.round(now);
            if (wish != null) {
                wishes.add(wish);
            }
            byte[] packet = media.delivered(now);
            while (packet != null) {
                RtpPacket view = new RtpPacket();
                assertThat(view.wrap(packet, 0, packet.length)).isEqualTo(RtpPacket.Fault.NONE);
                packets.add(view);
                packet = media.delivered(now);
            }
        }
        return packets;
    }

    private static byte[] incoming(int sequence, int timestamp, int ssrc, short value) {
        byte[] packet = new byte[RtpPacket.HEADER + 160];
        RtpPacket.writeHeader(packet, 0, false, 0, sequence, timestamp, ssrc);
        Arrays.fill(packet, RtpPacket.HEADER, packet.length, G711.linearToMulaw(value));
        return packet;
    }

    private static void hear(CallMedia media, byte[] packet, long atMillis) {
        media.datagram(packet, packet.length, atMillis * MS);
    }

    @Test
    void silenceGoesOutInEveryRoundOnOneClock() {
        List<RtpPacket> packets = rounds(media(EVENTS), 50, new ArrayList<>());

        assertThat(packets).hasSize(50);
        RtpPacket first = packets.getFirst();
        assertThat(first.marker()).isTrue();
        for (int i = 0; i < 50; i++) {
            RtpPacket packet = packets.get(i);
            assertThat(packet.sequence()).isEqualTo(first.sequence() + i & 0xFFFF);
            assertThat(packet.timestamp() - first.timestamp()).isEqualTo(160 * i);
            assertThat(packet.payloadLength()).isEqualTo(160);
            assertThat(G711.mulawToLinear(packet.array()[packet.payloadOffset()]))
                    .isZero();
        }
    }

    @Test
    void aKeyIsOneEventWithThreeEndsAndTheClockGoesOn() {
        List<RtpPacket> packets =
                rounds(media(EVENTS, atOnce(new Content.Keys("5", Content.KeyWay.RTP_EVENT))), 8, new ArrayList<>());
        List<RtpPacket> events =
                packets.stream().filter(p -> p.payloadType() == EVENTS).toList();
        RtpPacket voice = packets.getLast();

        assertThat(events).hasSize(8);
        assertThat(events)
                .extracting(RtpPacket::timestamp)
                .containsOnly(events.getFirst().timestamp());
        assertThat(events)
                .extracting(RtpPacket::marker)
                .containsExactly(true, false, false, false, false, false, false, false);
        assertThat(events)
                .extracting(p -> (p.array()[14] & 0xFF) << 8 | p.array()[15] & 0xFF)
                .containsExactly(160, 320, 480, 640, 800, 960, 960, 960);
        assertThat(events)
                .extracting(p -> (p.array()[13] & 0x80) != 0)
                .containsExactly(false, false, false, false, false, true, true, true);
        assertThat(events).extracting(p -> (int) p.array()[12]).containsOnly(5);
        assertThat(voice.payloadType()).isZero();
        assertThat(voice.timestamp() - events.getFirst().timestamp()).isEqualTo(960 + 160);
        assertThat(packets.stream().map(RtpPacket::sequence).distinct()).hasSize(packets.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 111})
    void eachCodecKeepsItsOwnTime(int payloadType) {
        assumeTrue(OfferedCodecs.byPayloadType(payloadType).isPresent(), "no libopus");
        Codec codec = OfferedCodecs.byPayloadType(payloadType).orElseThrow().create();
        int units = codec.clockRate() / 50;
        CallMedia media = media(codec, EVENTS, atOnce(new Content.Keys("5", Content.KeyWay.RTP_EVENT)));
        List<RtpPacket> packets = rounds(media, 12, new ArrayList<>());

        List<RtpPacket> voices =
                packets.stream().filter(p -> p.payloadType() == payloadType).toList();
        RtpPacket event = packets.getFirst();
        assertThat(event.payloadType()).isEqualTo(EVENTS);
        assertThat((event.array()[14] & 0xFF) << 8 | event.array()[15] & 0xFF).isEqualTo(units);
        assertThat(voices.getFirst().timestamp() - event.timestamp()).isEqualTo(6 * units);
        assertThat(voices.get(1).timestamp() - voices.getFirst().timestamp()).isEqualTo(units);
        for (RtpPacket voice : voices) {
            assertThat(codec.clockUnits(voice.array(), voice.payloadOffset(), voice.payloadLength()))
                    .isEqualTo(units);
            media.datagram(voice.array(), voice.payloadOffset() + voice.payloadLength(), 0);
        }
        assertThat(media.traffic(0).received().packets()).isEqualTo(voices.size());
        assertThat(media.traffic(0).received().malformed()).isZero();
        media.close();
    }

    @Test
    void aFarSideWithoutEventsGetsTheKeyByInfo() {
        List<Round> wishes = new ArrayList<>();
        List<RtpPacket> packets =
                rounds(media(-1, atOnce(new Content.Keys("5", Content.KeyWay.RTP_EVENT))), 10, wishes);

        assertThat(wishes).containsExactly(new Round.InfoKey('5'));
        assertThat(packets).allMatch(p -> p.payloadType() == 0);
    }

    @Test
    void aLostPacketIsSilenceInItsPlaceAndCounted() {
        CallMedia media = media(EVENTS);
        hear(media, incoming(65_535, 160, 7, (short) 1000), 100);
        hear(media, incoming(1, 480, 7, (short) 3000), 140);
        rounds(media, 10, new ArrayList<>());

        short[] heard = media.heard().all().toPcm();
        assertThat(heard[799]).isZero();
        assertThat(heard[800]).isBetween((short) 950, (short) 1050);
        assertThat(heard[960]).isZero();
        assertThat(heard[1119]).isZero();
        assertThat(heard[1120]).isBetween((short) 2900, (short) 3100);
        Traffic.Received counts = media.traffic(0).received();
        assertThat(counts.packets()).isEqualTo(2);
        assertThat(counts.lost()).isEqualTo(1);
    }

    @Test
    void soundIsPlacedByItsTimestampHoweverItsPacketsWereDelayed() {
        CallMedia media = media(EVENTS);
        hear(media, incoming(1, 0, 7, (short) 1000), 100);
        hear(media, incoming(2, 160, 7, (short) 2000), 190);
        rounds(media, 20, new ArrayList<>());

        assertThat(media.heard().all().toPcm()[960]).isBetween((short) 1900, (short) 2100);
    }

    @Test
    void packetsThatComeTwiceOrLateAreCountedAsSuch() {
        CallMedia media = media(EVENTS);
        hear(media, incoming(10, 0, 7, (short) 1), 0);
        hear(media, incoming(12, 320, 7, (short) 1), 40);
        hear(media, incoming(11, 160, 7, (short) 1), 41);
        hear(media, incoming(11, 160, 7, (short) 1), 42);

        Traffic.Received counts = media.traffic(3).received();
        assertThat(counts.lost()).isZero();
        assertThat(counts.outOfOrder()).isEqualTo(1);
        assertThat(counts.duplicates()).isEqualTo(1);
        assertThat(counts.malformed()).isEqualTo(3);
        assertThat(counts.sources()).isEqualTo(1);
    }

    @Test
    void aNewSourceBeginsAnewAtItsArrival() {
        CallMedia media = media(EVENTS);
        hear(media, incoming(10, 0, 7, (short) 1000), 0);
        hear(media, incoming(50_000, 999_999, 8, (short) 2000), 100);
        rounds(media, 20, new ArrayList<>());

        assertThat(media.heard().all().toPcm()[800]).isBetween((short) 1900, (short) 2100);
        assertThat(media.traffic(0).received().sources()).isEqualTo(2);
        assertThat(media.traffic(0).received().lost()).isZero();
    }

    @Test
    void keysOfTheFarSideAreHeardOnceEach() {
        CallMedia media = media(EVENTS);
        for (int i = 0; i < 6; i++) {
            byte[] event = new byte[RtpPacket.HEADER + 4];
            RtpPacket.writeHeader(event, 0, i == 0, EVENTS, 20 + i, i < 3 ? 1000 : 5000, 7);
            event[RtpPacket.HEADER] = (byte) (i < 3 ? 9 : 11);
            hear(media, event, i * 20L);
        }

        assertThat(media.keysHeard()).isEqualTo("9#");
    }

    @Test
    void rubbishIsCountedAndHarmsNothing() {
        CallMedia media = media(EVENTS);
        hear(media, new byte[0], 0);
        hear(media, new byte[] {1, 2, 3}, 0);
        byte[] unknown = incoming(1, 1, 1, (short) 1);
        unknown[1] = 77;
        hear(media, unknown, 0);

        assertThat(media.traffic(0).received().malformed()).isEqualTo(3);
        assertThat(media.traffic(0).received().packets()).isZero();
    }
}
