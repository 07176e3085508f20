package dev.trunkline.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TelephoneEventTest {

    private static final long TICK = 20_000_000L;

    private record Sent(int timestamp, boolean marker, byte[] payload, int tick) {
        boolean end() {
            return (payload[1] & 0x80) != 0;
        }

        int duration() {
            return (payload[2] & 0xFF) << 8 | payload[3] & 0xFF;
        }
    }

    private final List<String> heard = new ArrayList<>();
    private final TelephoneEventReceiver receiver =
            new TelephoneEventReceiver(8_000, new TelephoneEventReceiver.Listener() {
                @Override
                public void keyDown(char key) {
                    heard.add("" + key);
                }

                @Override
                public void keyUp(char key, int millis) {
                    heard.add("/" + millis);
                }
            });
    private long now;

    @Test
    void everyKeyIsHeardOnceWithItsLength() {
        hear(send("42#"));
        assertThat(heard).containsExactly("4", "/120", "2", "/120", "#", "/120");
    }

    @Test
    void onePressIsUpdatesThenThreeEndsThenAPause() {
        List<Sent> sent = send("5");
        assertThat(sent).hasSize(8);
        assertThat(sent.stream().map(Sent::marker))
                .containsExactly(true, false, false, false, false, false, false, false);
        assertThat(sent.stream().map(Sent::duration)).containsExactly(160, 320, 480, 640, 800, 960, 960, 960);
        assertThat(sent.stream().map(Sent::end)).containsExactly(false, false, false, false, false, true, true, true);
        assertThat(sent.stream().map(Sent::timestamp)).containsOnly(1_000);
        List<Sent> two = send("55");
        // 120 ms of tone, 80 ms of pause
        assertThat(two.get(8).timestamp - two.get(0).timestamp).isEqualTo(10 * 160);
    }

    @Test
    void theSameKeyTwiceIsTwoKeys() {
        hear(send("77"));
        assertThat(heard).containsExactly("7", "/120", "7", "/120");
    }

    @Test
    void aKeyIsHeardOnceWhicheverPacketsAreLost() {
        List<Sent> sent = send("9");
        for (int mask = 1; mask < 1 << sent.size(); mask++) {
            heard.clear();
            TelephoneEventReceiver fresh = new TelephoneEventReceiver(8_000, listener());
            for (int i = 0; i < sent.size(); i++) {
                if ((mask >> i & 1) != 0) {
                    give(fresh, sent.get(i), i * TICK);
                }
                fresh.poll(i * TICK);
            }
            fresh.poll(sent.size() * TICK + 200_000_000L);
            assertThat(heard).as("mask %d", mask).hasSize(2).startsWith("9");
        }
    }

    @Test
    void whenTheEndIsLostTheKeyEndsAfterAWhile() {
        List<Sent> sent = send("1").subList(0, 4);
        hear(sent);
        receiver.poll(now + 119_000_000);
        assertThat(heard).containsExactly("1");
        receiver.poll(now + 120_000_000);
        assertThat(heard).containsExactly("1", "/80");
        assertThat(receiver.isDown()).isFalse();
    }

    @Test
    void packetsThatComeAfterTheKeyWasGivenUpAreNotASecondKey() {
        List<Sent> sent = send("1");
        give(receiver, sent.get(0), 0);
        receiver.poll(500_000_000L);
        for (Sent s : sent.subList(1, 8)) {
            give(receiver, s, 600_000_000L);
        }
        assertThat(heard).containsExactly("1", "/20");
    }

    @Test
    void aStragglerOfTheKeyBeforeIsNotAThirdKey() {
        List<Sent> sent = new ArrayList<>(send("12"));
        Sent straggler = sent.remove(3);
        sent.add(10, straggler);
        hear(sent);
        assertThat(heard).containsExactly("1", "/120", "2", "/120");
    }

    @Test
    void aKeyHeldForTwentySecondsIsOneKey() {
        int timestamp = 5_000;
        int duration = 0;
        for (int i = 0; i < 1_000; i++) {
            duration += 160;
            if (duration > 0xFFFF) {
                give(receiver, packet(5, timestamp, 0xFFFF, false), i * TICK);
                timestamp += 0xFFFF;
                duration -= 0xFFFF;
            }
            give(receiver, packet(5, timestamp, duration, i == 999), i * TICK);
        }
        assertThat(heard).containsExactly("5", "/20000");
    }

    @Test
    void theSameKeyFromAnotherSourceIsAnotherKey() {
        Sent s = send("3").getFirst();
        receiver.onPacket(1, s.timestamp, s.payload, 0, 4, 0);
        receiver.onPacket(2, s.timestamp, s.payload, 0, 4, TICK);
        receiver.close();
        assertThat(heard).containsExactly("3", "/20", "3", "/20");
    }

    @Test
    void aSenderWhoseTimestampsBeganAnewIsHeard() {
        give(receiver, packet(1, 900_000, 160, true), 0);
        give(receiver, packet(2, 100, 160, true), 1_000_000_000L);
        assertThat(heard).containsExactly("1", "/20", "2", "/20");
    }

    @Test
    void flashIsAKeyAndOtherEventsAreCounted() {
        give(receiver, packet(16, 1, 160, true), 0);
        give(receiver, packet(70, 1_000, 160, true), 0);
        receiver.onPacket(1, 5_000, new byte[3], 0, 3, 0);
        assertThat(heard).containsExactly("!", "/20");
        assertThat(receiver.unknown()).isEqualTo(1);
        assertThat(receiver.malformed()).isEqualTo(1);
    }

    @Test
    void anyPacketsInAnyOrderThrowNothingAndEveryKeyThatGoesDownComesUp() {
        Random random = new Random(8);
        for (int i = 0; i < 100_000; i++) {
            byte[] payload = new byte[random.nextInt(7)];
            random.nextBytes(payload);
            if (payload.length > 0 && random.nextBoolean()) {
                payload[0] = (byte) random.nextInt(17);
            }
            int timestamp = random.nextBoolean() ? random.nextInt() : random.nextInt(2_000);
            receiver.onPacket(random.nextInt(3), timestamp, payload, 0, payload.length, i * TICK);
            receiver.poll(i * TICK);
        }
        receiver.close();
        for (int i = 0; i < heard.size(); i += 2) {
            assertThat(heard.get(i)).hasSize(1);
            assertThat(heard.get(i + 1)).startsWith("/");
        }
        assertThat(heard).hasSizeGreaterThan(1_000);
    }

    @Test
    void whatIsNoKeyIsRefusedAndTooManyKeysAreNotQueuedInPart() {
        TelephoneEventSender sender = new TelephoneEventSender(8_000);
        assertThatThrownBy(() -> sender.send("12x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x'");
        assertThat(sender.active()).isFalse();
        assertThat(sender.send("1".repeat(60))).isTrue();
        assertThat(sender.send("12345")).isFalse();
        assertThat(sender.send("1234")).isTrue();
        assertThatThrownBy(() -> sender.writePayload(new byte[4], 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keysThatHaveNotBegunCanBeForgotten() {
        TelephoneEventSender sender = new TelephoneEventSender(8_000);
        sender.send("123");
        sender.tick(0);
        sender.cancel();
        int ticks = 1;
        while (sender.active()) {
            sender.tick(0);
            ticks++;
        }
        assertThat(ticks).isEqualTo(10);
    }

    @Test
    void atFortyEightKilohertzTheDurationsFollowThatClock() {
        TelephoneEventSender sender = new TelephoneEventSender(48_000);
        sender.send("1");
        sender.tick(0);
        byte[] payload = new byte[4];
        sender.writePayload(payload, 0);
        assertThat((payload[2] & 0xFF) << 8 | payload[3] & 0xFF).isEqualTo(960);
        assertThatThrownBy(() -> new TelephoneEventSender(48_000, 20, 2_000, 80))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private TelephoneEventReceiver.Listener listener() {
        return new TelephoneEventReceiver.Listener() {
            @Override
            public void keyDown(char key) {
                heard.add("" + key);
            }

            @Override
            public void keyUp(char key, int millis) {
                heard.add("/" + millis);
            }
        };
    }

    private static Sent packet(int event, int timestamp, int duration, boolean end) {
        byte[] payload = {(byte) event, (byte) (end ? 0x8A : 0x0A), (byte) (duration >> 8), (byte) duration};
        return new Sent(timestamp, false, payload, 0);
    }

    private static List<Sent> send(String keys) {
        TelephoneEventSender sender = new TelephoneEventSender(8_000);
        assertThat(sender.send(keys)).isTrue();
        List<Sent> sent = new ArrayList<>();
        for (int tick = 0; sender.active(); tick++) {
            if (sender.tick(1_000 + tick * 160)) {
                byte[] payload = new byte[4];
                assertThat(sender.writePayload(payload, 0)).isEqualTo(4);
                sent.add(new Sent(sender.timestamp(), sender.marker(), payload, tick));
            }
        }
        return sent;
    }

    private void hear(List<Sent> packets) {
        for (Sent s : packets) {
            now = s.tick * TICK;
            receiver.poll(now);
            give(receiver, s, now);
        }
    }

    private static void give(TelephoneEventReceiver to, Sent s, long at) {
        to.onPacket(1, s.timestamp, s.payload, 0, s.payload.length, at);
    }
}
