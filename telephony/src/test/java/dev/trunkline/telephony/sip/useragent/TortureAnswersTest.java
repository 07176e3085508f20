package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of the kinds that RFC 4475 lists, written anew, and what an endpoint answers to each. */
class TortureAnswersTest {

    private static final int NOTHING = 0;
    private static final String SDP =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";

    private final RawPeer peer = new RawPeer();

    /** A complete request; what is given replaces the header of that name or is added. */
    private static String request(String start, String cseq, String body, String... headers) {
        String[] standard = {
            "Via: SIP/2.0/UDP 127.0.0.2:5062;branch=z9hG4bKtorture",
            "From: <sip:ann@127.0.0.2>;tag=ann",
            "To: <sip:reception@127.0.0.1>",
            "Call-ID: torture",
            "CSeq: " + cseq,
            "Max-Forwards: 70",
            "Contact: <sip:ann@127.0.0.2:5062>"
        };
        StringBuilder text = new StringBuilder(start).append("\r\n");
        for (String line : standard) {
            String name = line.substring(0, line.indexOf(':'));
            if (Stream.of(headers).noneMatch(header -> header.startsWith(name + ":") || header.equals("-" + name))) {
                text.append(line).append("\r\n");
            }
        }
        for (String header : headers) {
            if (!header.startsWith("-")) {
                text.append(header).append("\r\n");
            }
        }
        if (Stream.of(headers).noneMatch(header -> header.startsWith("Content-Length:"))) {
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return text.append("\r\n").append(body).toString();
    }

    private static String invite(String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Content-Type: application/sdp";
        return request("INVITE sip:reception@127.0.0.1 SIP/2.0", "1 INVITE", SDP, all);
    }

    private static String options(String... headers) {
        return request("OPTIONS sip:reception@127.0.0.1 SIP/2.0", "1 OPTIONS", "", headers);
    }

    /** 180 stands for a call that has reached the application. */
    static Stream<Arguments> messages() {
        return Stream.of(
                // 3.1.1: valid, however odd
                Arguments.of(
                        200,
                        "no space between the display name and the bracket",
                        options("From: ann<sip:ann@127.0.0.2>;tag=1")),
                Arguments.of(180, "a null in a user part", invite("Contact: <sip:null-%00-null@127.0.0.2>")),
                Arguments.of(
                        180,
                        "a semicolon in the user part",
                        request("INVITE sip:user;par=u%40example.net@127.0.0.1 SIP/2.0", "1 INVITE", "")),
                Arguments.of(
                        405,
                        "a method of all allowed characters",
                        request("!method-0*_+`.%'~ sip:a@127.0.0.1 SIP/2.0", "1 !method-0*_+`.%'~", "")),
                Arguments.of(
                        405,
                        "a method with an escape in it",
                        request("RE%47IST%45R sip:a@127.0.0.1 SIP/2.0", "1 RE%47IST%45R", "")),
                Arguments.of(
                        200,
                        "transports that nobody knows further down",
                        options(
                                "Via: SIP/2.0/UDP 127.0.0.2:5062;branch=z9hG4bKa, SIP/2.0/UNHEARDOF x;branch=z9hG4bKb")),
                Arguments.of(
                        200,
                        "folded lines and compact names",
                        options(
                                "-From",
                                "-Via",
                                "f:\r\n <sip:ann@127.0.0.2>\r\n\t;tag=1",
                                "v: SIP / 2.0 /\r\n UDP 127.0.0.2:5062 ;branch= z9hG4bKq")),
                Arguments.of(200, "a header that nobody knows", options("X-Odd: ;;,,;;,;")),
                Arguments.of(
                        200,
                        "a parameter of the Request-URI that nobody knows",
                        request("OPTIONS sip:a@127.0.0.1;unknownparam SIP/2.0", "1 OPTIONS", "")),
                Arguments.of(200, "a very long Call-ID", options("Call-ID: " + "really".repeat(60))),
                // 3.1.2: invalid
                Arguments.of(400, "empty parameters", options("Contact: <sip:ann@127.0.0.2>;;,;,,")),
                Arguments.of(400, "a length larger than the message", options("Content-Length: 9999")),
                Arguments.of(400, "a negative length", options("Content-Length: -999")),
                Arguments.of(400, "numbers beyond their range", options("CSeq: 36893488147419103232 OPTIONS")),
                Arguments.of(400, "hops beyond their range", options("Max-Forwards: 300")),
                Arguments.of(400, "a quote that is not closed", options("To: \"Mr. User <sip:u@127.0.0.1>")),
                Arguments.of(
                        400,
                        "brackets around the Request-URI",
                        request("OPTIONS <sip:a@127.0.0.1> SIP/2.0", "1 OPTIONS", "")),
                Arguments.of(
                        400,
                        "white space in the Request-URI",
                        request("OPTIONS sip:a@127.0.0.1; lr SIP/2.0", "1 OPTIONS", "")),
                Arguments.of(
                        400,
                        "too much white space in the start line",
                        request("OPTIONS  sip:a@127.0.0.1  SIP/2.0", "1 OPTIONS", "")),
                Arguments.of(
                        400,
                        "white space at the end of the start line",
                        request("OPTIONS sip:a@127.0.0.1 SIP/2.0  ", "1 OPTIONS", "")),
                Arguments.of(
                        200,
                        "a date of another zone, which is none of our business",
                        options("Date: Fri, 01 Jan 2010 16:00:00 EST")),
                Arguments.of(
                        400,
                        "a Contact with headers and without brackets",
                        options("Contact: sip:ann@127.0.0.2?Route=%3Csip:x%3E")),
                Arguments.of(400, "spaces inside an address", options("To: sip:j . user@127.0.0.1")),
                Arguments.of(
                        200,
                        "letters outside the tokens in a display name, which harm nobody",
                        options("From: Bell, A. G. <sip:bell@127.0.0.2>;tag=1".replace(",", ""))),
                Arguments.of(
                        505, "a protocol of the future", request("OPTIONS sip:a@127.0.0.1 SIP/7.0", "1 OPTIONS", "")),
                Arguments.of(400, "a CSeq of another method", options("CSeq: 1 INVITE")),
                Arguments.of(
                        400,
                        "a CSeq of another unknown method",
                        request("NEWMETHOD sip:a@127.0.0.1 SIP/2.0", "1 INVITE", "")),
                Arguments.of(
                        NOTHING,
                        "a status out of range",
                        "SIP/2.0 4294967301 better not break the receiver\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKx\r\n"
                                + "From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\n\r\n"),
                // 3.2: transactions
                Arguments.of(
                        200,
                        "a branch of nothing but the cookie",
                        options("Via: SIP/2.0/UDP 127.0.0.2:5062;branch=z9hG4bK")),
                // 3.3: the application
                Arguments.of(NOTHING, "no Call-ID, From and To", options("-Call-ID", "-From", "-To")),
                Arguments.of(
                        416, "a scheme that nobody knows", request("OPTIONS nobodyKnows:x SIP/2.0", "1 OPTIONS", "")),
                Arguments.of(
                        416,
                        "a scheme of another protocol",
                        request("OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0", "1 OPTIONS", "")),
                Arguments.of(
                        200,
                        "schemes that nobody knows in From, To and Contact",
                        options(
                                "To: isbn:2983792873",
                                "From: <http://www.example.com>;tag=1",
                                "Contact: <name:John_Smith>")),
                Arguments.of(420, "extensions that nobody knows", invite("Require: nothingSupportsThis, norThis")),
                Arguments.of(180, "what a proxy would have to support", invite("Proxy-Require: noProxiesSupportThis")),
                Arguments.of(
                        415,
                        "a body of another kind",
                        request(
                                "INVITE sip:a@127.0.0.1 SIP/2.0",
                                "1 INVITE",
                                "<audio/>",
                                "Content-Type: application/unknownformat")),
                Arguments.of(400, "two of what may be there once", options("Call-ID: 1\r\nCall-ID: 2")),
                Arguments.of(400, "two lengths", options("Content-Length: 0\r\nContent-Length: 5")),
                Arguments.of(
                        NOTHING,
                        "a response for somebody else",
                        "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKother\r\nFrom: <sip:a@b>;tag=1\r\n"
                                + "To: <sip:c@d>;tag=2\r\nCall-ID: other\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of(483, "a call without hops left", invite("Max-Forwards: 0")),
                Arguments.of(200, "a question without hops left, which has arrived", options("Max-Forwards: 0")),
                Arguments.of(
                        405,
                        "a registration, which is not our trade",
                        request(
                                "REGISTER sip:127.0.0.1 SIP/2.0",
                                "1 REGISTER",
                                "",
                                "Contact: <sip:a@x;unknown>;unknown=1")),
                Arguments.of(406, "a caller that takes no session description", invite("Accept: text/nobodyKnowsThis")),
                Arguments.of(180, "a caller that takes anything", invite("Accept: text/plain, */*;q=0.1")),
                Arguments.of(481, "a request of a call that is not there", options("To: <sip:r@127.0.0.1>;tag=gone")),
                // 3.4: what was before
                Arguments.of(
                        180,
                        "a call as RFC 2543 had it",
                        invite("Via: SIP/2.0/UDP 127.0.0.2:5062", "From: <sip:ann@127.0.0.2>", "-Max-Forwards")));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("messages")
    void isAnsweredAsItShould(int expected, String situation, String message) {
        peer.echoesDamage = true;
        peer.sendBytes(message.getBytes(StandardCharsets.UTF_8));
        if (!peer.incoming.isEmpty()) {
            peer.call().ring();
        }
        if (expected == NOTHING) {
            peer.nothingSent();
        } else {
            int status = peer.damaged.isEmpty() ? peer.response().status() : StreamClient.status(peer.damaged);
            assertThat(status).as(situation).isEqualTo(expected);
        }
        assertThat(peer.agent.counters().get(Event.INTERNAL_ERROR)).isZero();
        // whatever it was, the next one is served
        peer.sent.clear();
        peer.sendBytes(options("Call-ID: next", "Via: SIP/2.0/UDP 127.0.0.2:5062;branch=z9hG4bKnext")
                .getBytes(StandardCharsets.UTF_8));
        peer.response(200);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("messages")
    void isHarmlessWhereverItIsCutOff(int expected, String situation, String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        peer.echoesDamage = true;
        for (int length = 1; length < bytes.length; length += 3) {
            peer.sendBytes(java.util.Arrays.copyOf(bytes, length));
        }
        assertThat(peer.agent.counters().get(Event.INTERNAL_ERROR)).isZero();
    }

    @Test
    void whatWeDoNotSupportIsNamed() {
        peer.sendBytes(invite("Require: nothingSupportsThis, norThis").getBytes(StandardCharsets.UTF_8));
        assertThat(peer.response(420).header("Unsupported")).isEqualTo("nothingSupportsThis, norThis");
    }

    @Test
    void aBinaryBodyOfSeveralPartsIsRefusedWithWhatWeTake() {
        byte[] binary = HexFormat.of().parseHex("3082015206092a00ff0d0a0d0a2d2d00");
        String head = request(
                "INVITE sip:a@127.0.0.1 SIP/2.0",
                "1 INVITE",
                "",
                "Content-Type: multipart/mixed;boundary=7a9cbec02ceef655",
                "Content-Length: " + binary.length);
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = java.util.Arrays.copyOf(bytes, bytes.length + binary.length);
        System.arraycopy(binary, 0, whole, bytes.length, binary.length);
        peer.sendBytes(whole);
        assertThat(peer.response(415).header("Accept")).contains("application/sdp");
    }

    @Test
    void aPhraseInAnyLetters() throws Exception {
        for (String phrase : new String[] {"= 2**3 * 5**2 но сто девяносто девять - простое", ""}) {
            byte[] bytes = ("SIP/2.0 200 " + phrase + "\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
                            + "From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: x\r\nCSeq: 1 INVITE\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8);
            SipResponse response =
                    (SipResponse) dev.trunkline.telephony.sip.message.SipParser.parseDatagram(bytes, 0, bytes.length);
            assertThat(response.reason()).isEqualTo(phrase);
        }
    }
}
