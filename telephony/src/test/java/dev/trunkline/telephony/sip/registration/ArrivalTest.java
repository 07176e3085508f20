package dev.trunkline.telephony.sip.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.digest.Credentials;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrivalTest {

    private static final Hop STRANGER = new Hop(TransportProtocol.UDP, new InetSocketAddress("198.51.100.1", 5060));

    private final RegistrarDouble registrar = new RegistrarDouble();
    private final Trunks trunks = new Trunks(
            List.of(
                    TrunkSettings.of("one", new Credentials("acct", "secret"), HostPort.parse("trunk.example"))
                            .withNumber("+4930555", TrunkSettings.Identity.ASSERTED),
                    TrunkSettings.of("two", new Credentials("other", "x"), HostPort.parse("pbx.example:5070"))),
            TrunkTimers.STANDARD,
            registrar,
            new Random(1),
            InstantSource.system());

    private SipRequest invite(String uri) {
        SipRequest invite = new SipRequest("INVITE", SipUri.parse(uri));
        invite.headers().add("To", "<sip:+4930123@trunk.example>");
        return invite;
    }

    private String contact() {
        trunks.begin();
        registrar.clock.advance(100);
        return registrar.bindings.keySet().iterator().next();
    }

    @Test
    void aCallAtOurContactIsTheTrunksWhereverItComesFrom() {
        Trunks.Arrival arrival = trunks.arrival(invite(contact()), STRANGER).orElseThrow();
        assertThat(arrival.trunk().settings().name()).isEqualTo("one");
        assertThat(arrival.trusted()).isTrue();
        assertThat(arrival.trunk().dialled(invite(contact()))).isEqualTo("+4930123");
    }

    @Test
    void aCallFromTheRegistrarIsTheTrunksWhateverIsDialled() {
        contact();
        Trunks.Arrival arrival = trunks.arrival(invite("sip:+4930777@10.0.0.5"), RegistrarDouble.HOP)
                .orElseThrow();
        assertThat(arrival.trusted()).isTrue();
        assertThat(arrival.trunk().dialled(invite("sip:+4930777@10.0.0.5"))).isEqualTo("+4930777");
    }

    @Test
    void ofTwoTrunksAtOnePlaceTheAccountDecides() {
        contact();
        assertThat(trunks.arrival(invite("sip:other@10.0.0.5"), RegistrarDouble.HOP)
                        .orElseThrow()
                        .trunk()
                        .settings()
                        .name())
                .isEqualTo("two");
    }

    @Test
    void whoOnlyKnowsTheAccountIsNotTrusted() {
        contact();
        assertThat(trunks.arrival(invite("sip:acct@10.0.0.5"), STRANGER)
                        .orElseThrow()
                        .trusted())
                .isFalse();
        assertThat(trunks.arrival(invite("sip:acct@10.0.0.5;line=0000000000000000"), STRANGER)
                        .orElseThrow()
                        .trusted())
                .isFalse();
    }

    @Test
    void anybodyElseIsNoTrunk() {
        contact();
        assertThat(trunks.arrival(invite("sip:reception@10.0.0.5"), STRANGER)).isEmpty();
    }

    @Test
    void theCalledPartyGoesBeforeTo() {
        SipRequest invite = invite("sip:acct@10.0.0.5");
        invite.headers().add("P-Called-Party-ID", "<sip:+4930999@trunk.example>");
        assertThat(trunks.all().getFirst().dialled(invite)).isEqualTo("+4930999");
    }

    @Test
    void aNumberGoesByTheFirstTrunkThatIsUp() {
        assertThat(trunks.forNumber().orElseThrow().settings().name()).isEqualTo("one");
        registrar.guard = new dev.trunkline.telephony.sip.digest.DigestServer(
                "trunk", Map.of("other", "x"), 60_000, registrar.clock::now, new Random(2));
        trunks.begin();
        registrar.clock.advance(100);
        Trunk second = trunks.forNumber().orElseThrow();
        assertThat(second.settings().name()).isEqualTo("two");
        assertThat(second.target("+4940").toString()).isEqualTo("sip:+4940@pbx.example:5070");
        assertThat(trunks.towards(SipUri.parse("sip:bob@PBX.example:5070"))).contains(second);
        assertThat(trunks.towards(SipUri.parse("sip:bob@pbx.example"))).isEmpty();
    }

    @Test
    void ourNumberIsToldAsTheTrunkWantsIt() {
        assertThat(trunks.all().getFirst().identity())
                .containsExactly(Map.entry("P-Asserted-Identity", "<sip:+4930555@trunk.example>"));
        assertThat(trunks.all().getLast().identity()).isEmpty();
    }
}
