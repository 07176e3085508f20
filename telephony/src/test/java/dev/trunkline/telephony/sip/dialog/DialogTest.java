package dev.trunkline.telephony.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.SipParser;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DialogTest {

    private static SipRequest invite(String more) throws Exception {
        byte[] bytes = ("INVITE sip:bob@192.0.2.4 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
                        + "From: \"Ann\" <sip:ann@example.com>;tag=ann\r\nTo: <sip:bob@example.com>\r\n"
                        + "Call-ID: c1\r\nCSeq: 7 INVITE\r\nContact: <sip:ann@192.0.2.1:5070>\r\n" + more + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
        return (SipRequest) SipParser.parseDatagram(bytes, 0, bytes.length);
    }

    private static SipResponse ok(SipRequest invite, String more) throws Exception {
        String text = SipResponse.to(invite, 200, "OK", "bob").toString() + "\r\n"
                + SipResponse.to(invite, 200, "OK", "bob").headers() + more + "\r\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return (SipResponse) SipParser.parseDatagram(bytes, 0, bytes.length);
    }

    @Test
    void theCalledSideKeepsTheOrderOfTheRecordRoutes() throws Exception {
        Dialog dialog =
                Dialog.ofIncoming(invite("Record-Route: <sip:p2.example.com;lr>, <sip:p1.example.com;lr>\r\n"), "us");
        SipRequest bye = dialog.request("BYE");
        assertThat(bye.uri().toString()).isEqualTo("sip:ann@192.0.2.1:5070");
        assertThat(bye.headers().list("Route")).containsExactly("<sip:p2.example.com;lr>", "<sip:p1.example.com;lr>");
        assertThat(bye.header("To")).isEqualTo("\"Ann\" <sip:ann@example.com>;tag=ann");
        assertThat(bye.header("From")).isEqualTo("<sip:bob@example.com>;tag=us");
        assertThat(dialog.nextHop().host()).isEqualTo("p2.example.com");
    }

    @Test
    void theCallingSideReversesTheRecordRoutes() throws Exception {
        SipRequest invite = invite("");
        Dialog dialog = Dialog.ofOutgoing(
                invite,
                ok(
                        invite,
                        "Record-Route: <sip:p2.example.com;lr>\r\nRecord-Route: <sip:p1.example.com;lr>\r\n"
                                + "Contact: <sip:bob@192.0.2.4>\r\n"));
        SipRequest bye = dialog.request("BYE");
        assertThat(bye.headers().list("Route")).containsExactly("<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>");
        assertThat(bye.cseq().number()).isEqualTo(8);
        assertThat(bye.toTag()).isEqualTo("bob");
    }

    @Test
    void aStrictRouterTakesThePlaceOfTheRequestUri() throws Exception {
        Dialog dialog =
                Dialog.ofIncoming(invite("Record-Route: <sip:strict.example.com>, <sip:p1.example.com;lr>\r\n"), "us");
        SipRequest bye = dialog.request("BYE");
        assertThat(bye.uri().toString()).isEqualTo("sip:strict.example.com");
        assertThat(bye.headers().list("Route")).containsExactly("<sip:p1.example.com;lr>", "<sip:ann@192.0.2.1:5070>");
        assertThat(dialog.nextHop().host()).isEqualTo("strict.example.com");
    }

    @Test
    void theAckHasTheNumberOfItsInviteAndTheNextRequestTheOneBehind() throws Exception {
        SipRequest invite = invite("");
        Dialog dialog = Dialog.ofOutgoing(invite, ok(invite, "Contact: <sip:bob@192.0.2.4>\r\n"));
        assertThat(dialog.ack(7).cseq().toString()).isEqualTo("7 ACK");
        assertThat(dialog.request("BYE").cseq().toString()).isEqualTo("8 BYE");
    }

    @Test
    void anOlderSequenceNumberIsOutOfOrder() throws Exception {
        Dialog dialog = Dialog.ofIncoming(invite(""), "us");
        assertThat(dialog.acceptsSequence(9)).isTrue();
        assertThat(dialog.acceptsSequence(8)).isFalse();
        assertThat(dialog.acceptsSequence(10)).isTrue();
    }

    @Test
    void aTargetRefreshMovesThePeer() throws Exception {
        Dialog dialog = Dialog.ofIncoming(invite(""), "us");
        SipRequest moved = invite("");
        moved.headers().set("Contact", "<sip:ann@192.0.2.99>");
        dialog.refreshTarget(moved);
        assertThat(dialog.request("BYE").uri().host()).isEqualTo("192.0.2.99");
    }
}
