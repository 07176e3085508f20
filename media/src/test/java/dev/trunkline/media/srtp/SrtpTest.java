package dev.trunkline.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpTest {

    private static final String KEY = "E1F97A0D3E018BE0D64FA32C06DE4139";
    private static final String SALT = "0EC675AD498AFEEBB6960B3AABE6";

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static SrtpKey key(SrtpSuite suite) {
        byte[] bytes = new byte[suite.keyLength() + SrtpSuite.SALT];
        byte[] known = hex(KEY + SALT);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = known[i % known.length];
        }
        return SrtpKey.parse(suite, Base64.getEncoder().encodeToString(bytes));
    }

    private static byte[] packet(int sequence, int ssrc, int payload) {
        byte[] data = new byte[12 + payload + SrtpSender.OVERHEAD];
        data[0] = (byte) 0x80;
        data[2] = (byte) (sequence >> 8);
        data[3] = (byte) sequence;
        SrtpPacket.putWord(data, 8, ssrc);
        Arrays.fill(data, 12, 12 + payload, (byte) sequence);
        return data;
    }

    @Test
    void theKeyStreamOfRfc3711AppendixB2() {
        byte[] stream = new byte[48];
        new CounterMode(hex("2B7E151628AED2A6ABF7158809CF4F3C"))
                .apply(hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"), stream, 0, stream.length);
        assertThat(stream)
                .isEqualTo(hex("E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB"
                        + "41E95B3BB0A2E8DD477901E4FCA894C0"));
    }

    @Test
    void theKeysOfRfc3711AppendixB3() {
        SrtpKey master = key(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        assertThat(SessionKeys.derive(master, 0, 16)).isEqualTo(hex("C61E7A93744F39EE10734AFE3FF7A087"));
        assertThat(SessionKeys.derive(master, 2, 14)).isEqualTo(hex("30CBBC08863D8C85D49DB34A9AE1"));
        assertThat(SessionKeys.derive(master, 1, 94))
                .isEqualTo(hex("CEBE321F6FF7716B6FD4AB49AF256A15 6D38BAA48F0A0ACF3C34E2359E6CDBCE"
                        + "E049646C43D9327AD175578EF7227098 6371C10C9A369AC2F94A8C5FBCDDDC25"
                        + "6D6E919A48B610EF17C2041E47403576 6B68642C59BBFC2F34DB60DBDFB2"));
    }

    @Test
    void aWholePacketAsOthersMakeIt() {
        byte[] data = Arrays.copyOf(
                hex("800F1234DECAFBADCAFEBABE ABABABABABABABABABABABABABABABAB"), 28 + SrtpSender.OVERHEAD);
        int length = new SrtpSender(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80)).protect(data, 28);
        assertThat(Arrays.copyOf(data, length))
                .isEqualTo(hex("800F1234DECAFBADCAFEBABE 4E55DC4CE79978D88CA4D215949D2402 B78D6ACC99EA179B8DBB"));
        assertThat(new SrtpReceiver(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80)).open(data, length))
                .isEqualTo(28);
        assertThat(Arrays.copyOf(data, 28)).isEqualTo(hex("800F1234DECAFBADCAFEBABE ABABABABABABABABABABABABABABABAB"));
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void whatIsProtectedIsOpenedOverTwoRollOvers(SrtpSuite suite) {
        SrtpSender sender = new SrtpSender(key(suite));
        SrtpReceiver receiver = new SrtpReceiver(key(suite));
        for (int i = 65_000; i < 65_000 + 140_000; i++) {
            byte[] data = packet(i & 0xFFFF, 77, 20);
            byte[] plain = Arrays.copyOf(data, 32);
            int length = sender.protect(data, 32);
            assertThat(length).isEqualTo(32 + suite.tagLength());
            // one in a hundred is lost on the way
            if (i % 100 != 0) {
                assertThat(receiver.open(data, length)).as("packet " + i).isEqualTo(32);
                assertThat(Arrays.copyOf(data, 32)).isEqualTo(plain);
            }
        }
    }

    @Test
    void aPacketThatComesTwiceIsRefusedAndOneThatWasOvertakenIsNot() {
        SrtpSender sender = new SrtpSender(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80));
        SrtpReceiver receiver = new SrtpReceiver(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80));
        byte[][] sent = new byte[100][];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = packet(0xFFFF - 50 + i & 0xFFFF, 5, 10);
            sender.protect(sent[i], 22);
        }
        byte[] first = sent[0].clone();
        assertThat(receiver.open(sent[0], 32)).isEqualTo(22);
        assertThat(receiver.open(first, 32)).isEqualTo(SrtpReceiver.REFUSED);
        assertThat(receiver.open(sent[60], 32)).isEqualTo(22);
        // before the roll-over, after one behind it
        assertThat(receiver.open(sent[40], 32)).isEqualTo(22);
        assertThat(receiver.open(sent[99], 32)).isEqualTo(22);
        assertThat(receiver.open(sent[36], 32)).isEqualTo(22);
        // 64 and more behind: nobody knows
        assertThat(receiver.open(sent[35], 32)).isEqualTo(SrtpReceiver.REFUSED);
    }

    @Test
    void aChangedByteAnywhereIsNoticed() {
        SrtpSender sender = new SrtpSender(key(SrtpSuite.AES_CM_128_HMAC_SHA1_32));
        byte[] data = packet(7, 5, 10);
        int length = sender.protect(data, 22);
        for (int i = 0; i < length; i++) {
            byte[] changed = data.clone();
            changed[i] ^= 4;
            assertThat(new SrtpReceiver(key(SrtpSuite.AES_CM_128_HMAC_SHA1_32)).open(changed, length))
                    .as("byte " + i)
                    .isEqualTo(SrtpReceiver.REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "11", "12", "21"})
    void whatIsTooShortIsRefused(int length) {
        assertThat(new SrtpReceiver(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80)).open(packet(1, 1, 20), length))
                .isEqualTo(SrtpReceiver.REFUSED);
        assertThat(new SrtpReceiver(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80)).openReport(packet(1, 1, 20), length))
                .isEqualTo(SrtpReceiver.REFUSED);
    }

    @Test
    void reportsAreProtectedTooAndNotTakenTwice() {
        SrtpSender sender = new SrtpSender(key(SrtpSuite.AES_CM_128_HMAC_SHA1_32));
        SrtpReceiver receiver = new SrtpReceiver(key(SrtpSuite.AES_CM_128_HMAC_SHA1_32));
        for (int i = 0; i < 100; i++) {
            byte[] data = Arrays.copyOf(hex("80C9000100000005 0102030405060708"), 16 + SrtpSender.OVERHEAD);
            byte[] plain = Arrays.copyOf(data, 16);
            int length = sender.protectReport(data, 16);
            assertThat(length).isEqualTo(30);
            byte[] again = data.clone();
            assertThat(receiver.openReport(data, length)).isEqualTo(16);
            assertThat(Arrays.copyOf(data, 16)).isEqualTo(plain);
            assertThat(receiver.openReport(again, length)).isEqualTo(SrtpReceiver.REFUSED);
        }
    }

    @Test
    void eachSourceHasACountOfItsOwn() {
        SrtpReceiver receiver = new SrtpReceiver(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80));
        for (int ssrc = 1; ssrc <= 20; ssrc++) {
            byte[] data = packet(9, ssrc, 4);
            int length = new SrtpSender(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80)).protect(data, 16);
            assertThat(receiver.open(data, length)).isEqualTo(16);
        }
    }

    @Test
    void extensionAndSourcesStayInTheClear() {
        byte[] data = new byte[60];
        byte[] header = hex("9200000100000000 00000005 0000000A0000000B BEDE0001 01020304");
        System.arraycopy(header, 0, data, 0, header.length);
        new SrtpSender(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80)).protect(data, header.length + 8);
        assertThat(Arrays.copyOf(data, header.length)).isEqualTo(header);
        assertThat(Arrays.copyOfRange(data, header.length, header.length + 8)).isNotEqualTo(new byte[8]);
    }

    @Test
    void nothingIsAllocatedPerPacket() {
        SrtpSender sender = new SrtpSender(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80));
        SrtpReceiver receiver = new SrtpReceiver(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80));
        byte[] data = packet(0, 3, 160);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 60_000; i++) {
            if (i == 50_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            data[2] = (byte) (i >> 8);
            data[3] = (byte) i;
            receiver.open(data, sender.protect(data, 172));
        }
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 10_000).isZero();
    }

    @Test
    void keysAreNeverShown() {
        SrtpKey key = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new SecureRandom());
        assertThat(key.toString()).isEqualTo("AES_CM_128_HMAC_SHA1_80 ***");
        assertThatThrownBy(() -> SrtpKey.parse(SrtpSuite.AES_CM_128_HMAC_SHA1_80, "c2VjcmV0"))
                .hasMessage("a key of 6 bytes for AES_CM_128_HMAC_SHA1_80");
        assertThatThrownBy(() -> SrtpKey.parse(SrtpSuite.AES_CM_128_HMAC_SHA1_80, "s3cret!"))
                .hasMessageNotContaining("s3cret");
        assertThat(SrtpKey.parse(key.suite(), key.base64())).isEqualTo(key);
    }
}
