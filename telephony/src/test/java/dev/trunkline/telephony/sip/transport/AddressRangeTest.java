package dev.trunkline.telephony.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AddressRangeTest {

    private static boolean contains(String range, String address) {
        return AddressRange.parse(range).contains(InetAddress.ofLiteral(address));
    }

    @Test
    void aNetworkHasTheAddressesThatBeginLikeIt() {
        assertThat(contains("192.0.2.0/24", "192.0.2.255")).isTrue();
        assertThat(contains("192.0.2.0/24", "192.0.3.0")).isFalse();
        assertThat(contains("10.0.0.0/9", "10.127.255.255")).isTrue();
        assertThat(contains("10.0.0.0/9", "10.128.0.0")).isFalse();
        assertThat(contains("2001:db8::/33", "2001:db8:7fff::1")).isTrue();
        assertThat(contains("2001:db8::/33", "2001:db8:8000::1")).isFalse();
        assertThat(contains("0.0.0.0/0", "198.51.100.1")).isTrue();
    }

    @Test
    void anAddressIsARangeOfItsOwn() {
        assertThat(contains("192.0.2.7", "192.0.2.7")).isTrue();
        assertThat(contains("192.0.2.7", "192.0.2.6")).isFalse();
        assertThat(contains("::1", "::1")).isTrue();
        assertThat(contains("0.0.0.0/0", "::1")).isFalse();
    }

    @Test
    void whatIsNoRange() {
        for (String text : new String[] {"192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/x", "example.com", "", "::/129"}) {
            assertThatThrownBy(() -> AddressRange.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
