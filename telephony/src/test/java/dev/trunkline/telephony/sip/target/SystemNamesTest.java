package dev.trunkline.telephony.sip.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.transport.VirtualScheduler;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The questions that a real name server gets from us, and what we make of its answers. */
class SystemNamesTest {

    private interface Asking<T> {
        void ask(Consumer<List<T>> found, Runnable failed);
    }

    private final VirtualScheduler clock = new VirtualScheduler();
    private DnsDouble server;
    private SystemNames names;

    @BeforeEach
    void start() throws Exception {
        server = new DnsDouble();
        names = new SystemNames(clock, server.url());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The answer; null if nobody could tell. */
    private static <T> List<T> answer(Asking<T> asking) throws Exception {
        CompletableFuture<List<T>> answer = new CompletableFuture<>();
        asking.ask(answer::complete, () -> answer.complete(null));
        return answer.get(20, TimeUnit.SECONDS);
    }

    private List<ServiceRecord> services(String name) throws Exception {
        return answer((found, failed) -> names.services(name, found, failed));
    }

    @Test
    void serversOfAService() throws Exception {
        server.srv("_sip._udp.example.com", 10, 60, 5060, "one.example.com")
                .srv("_sip._udp.example.com", 20, 0, 5070, "two.example.com");
        assertThat(services("_sip._udp.example.com"))
                .containsExactlyInAnyOrder(
                        new ServiceRecord(10, 60, 5060, "one.example.com"),
                        new ServiceRecord(20, 0, 5070, "two.example.com"));
    }

    @Test
    void aServiceThatIsDecidedlyNotThere() throws Exception {
        server.srv("_sip._udp.example.com", 0, 0, 0, "");
        assertThat(services("_sip._udp.example.com")).containsExactly(new ServiceRecord(0, 0, 0, ""));
    }

    @Test
    void pointersOfADomain() throws Exception {
        server.naptr("example.com", 50, 60, "SIP+D2T", "_sip._tcp.example.com");
        List<PointerRecord> pointers = answer((found, failed) -> names.pointers("example.com", found, failed));
        assertThat(pointers).containsExactly(new PointerRecord(50, 60, "s", "SIP+D2T", "_sip._tcp.example.com"));
    }

    @Test
    void aNameThatNobodyHas() throws Exception {
        assertThat(services("_sip._udp.nowhere.example")).isEmpty();
    }

    @Test
    void answersAreKeptForAMinute() throws Exception {
        server.srv("_sip._udp.example.com", 10, 60, 5060, "one.example.com");
        services("_sip._udp.example.com");
        services("_SIP._udp.Example.com");
        assertThat(server.asked()).hasSize(1);
        clock.advance(SystemNames.KEEP_MS + 1);
        services("_sip._udp.example.com");
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void aServerThatIsDeafIsNotAskedAgainAndAgain() throws Exception {
        server.fallSilent();
        assertThat(services("_sip._udp.example.com")).isNull();
        int asked = server.asked().size();
        assertThat(services("_sip._udp.example.com")).isNull();
        assertThat(server.asked()).hasSize(asked);
    }

    @Test
    void aNameThatIsNoneOfDnsIsNotAskedFor() throws Exception {
        assertThat(services("ldap://evil/x")).isEmpty();
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void anAddressOfThisHost() throws Exception {
        List<InetAddress> addresses = answer((found, failed) -> names.lookUp("localhost", found, failed));
        assertThat(addresses).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    }
}
