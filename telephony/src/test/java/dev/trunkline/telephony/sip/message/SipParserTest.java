package dev.trunkline.telephony.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SipParserTest {

    private static final String INVITE = String.join(
            "\r\n",
            "INVITE sip:bob%20b@192.0.2.4:5070;transport=udp SIP/2.0",
            "Via: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK1;rport, SIP/2.0/TCP [2001:db8::9]:5060;branch=z9hG4bK0",
            "From: \"Ann \\\"A\\\" Müller\" <sip:ann@example.com;x=1>;tag=88",
            "To: Bob <sip:bob@example.com>",
            "Call-ID: a84b4c76e66710@pc33.example.com",
            "CSeq: 314159 INVITE",
            "Max-Forwards: 70",
            "Contact: <sip:ann@192.0.2.1:5062>",
            "Content-Type: application/sdp",
            "Content-Length: 4",
            "",
            "abcd");

    private static SipMessage parse(String text) throws MalformedMessageException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return SipParser.parseDatagram(bytes, 0, bytes.length);
    }

    private static MalformedMessageException refused(String text) {
        MalformedMessageException e = catchThrowableOfType(MalformedMessageException.class, () -> parse(text));
        assertThat(e).as(text).isNotNull();
        return e;
    }

    @Test
    void anInviteIsTakenApart() throws Exception {
        SipRequest invite = (SipRequest) parse(INVITE);
        assertThat(invite.method()).isEqualTo("INVITE");
        assertThat(invite.uri().userName()).isEqualTo("bob b");
        assertThat(invite.uri().address()).isEqualTo(new HostPort("192.0.2.4", 5070));
        assertThat(invite.topVia().branch()).isEqualTo("z9hG4bK1");
        assertThat(invite.topVia().wantsSourcePort()).isTrue();
        assertThat(invite.headers().list("Via")).hasSize(2);
        assertThat(Via.parse(invite.headers().list("v").get(1)).sentBy().bareHost())
                .isEqualTo("2001:db8::9");
        assertThat(invite.from().displayName()).isEqualTo("Ann \"A\" Müller");
        assertThat(invite.from().uri().parameters().get("x")).isEqualTo("1");
        assertThat(invite.fromTag()).isEqualTo("88");
        assertThat(invite.toTag()).isEmpty();
        assertThat(invite.cseq()).isEqualTo(new CSeq(314_159, "INVITE"));
        assertThat(invite.bodyText()).isEqualTo("abcd");
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() throws Exception {
        SipMessage once = parse(INVITE);
        byte[] bytes = once.toBytes();
        SipMessage twice = SipParser.parseDatagram(bytes, 0, bytes.length);
        assertThat(twice.headers().toString()).isEqualTo(once.headers().toString());
        assertThat(twice.startLine()).isEqualTo(once.startLine());
        assertThat(twice.body()).isEqualTo(once.body());
    }

    @Test
    void compactNamesFoldedLinesAndBareLineFeedsAreTaken() throws Exception {
        SipRequest request = (SipRequest) parse("\r\n\r\nOPTIONS sip:a@b.c SIP/2.0\n"
                + "v: SIP / 2.0 / UDP first.example.com: 4000 ;branch = z9hG4bKa\n"
                + "f: sip:vivekg@chair.example.com ;\n  tag = 19923n\n"
                + "T : <sip:a@b.c>\ni: x\nCSEQ:\n 7\tOPTIONS\nl:3\nSubject: one\n\t two\n\nabcdef");
        assertThat(request.topVia().sentBy()).isEqualTo(new HostPort("first.example.com", 4000));
        assertThat(request.topVia().branch()).isEqualTo("z9hG4bKa");
        assertThat(request.fromTag()).isEqualTo("19923n");
        assertThat(request.callId()).isEqualTo("x");
        assertThat(request.cseq().number()).isEqualTo(7);
        assertThat(request.header("subject")).isEqualTo("one two");
        assertThat(request.bodyText()).as("cut to Content-Length").isEqualTo("abc");
    }

    @Test
    void withoutContentLengthTheBodyIsTheRest() throws Exception {
        assertThat(parse(INVITE.replace("Content-Length: 4\r\n", "")).bodyText())
                .isEqualTo("abcd");
    }

    @Test
    void aResponseIsTakenEvenWithoutAPhrase() throws Exception {
        String head = INVITE.substring(INVITE.indexOf("\r\n"));
        assertThat(((SipResponse) parse("SIP/2.0 200 = 2**3 * 5**2 ок" + head)).reason())
                .isEqualTo("= 2**3 * 5**2 ок");
        assertThat(((SipResponse) parse("SIP/2.0 100 " + head)).reason()).isEmpty();
        assertThat(((SipResponse) parse("SIP/2.0 100" + head)).status()).isEqualTo(100);
    }

    @Test
    void commasAndBracketsInsideQuotesSeparateNothing() throws Exception {
        SipRequest request = (SipRequest)
                parse(INVITE.replace("Contact: ", "Record-Route: \"a,<b>\" <sip:p1.x;lr>,<sip:p2.x;lr>\r\nContact: "));
        assertThat(request.addresses("Record-Route")).hasSize(2);
        assertThat(request.addresses("Record-Route").getFirst().displayName()).isEqualTo("a,<b>");
    }

    @Test
    void parametersWithoutBracketsBelongToTheHeader() {
        NameAddress address = NameAddress.parse("sip:ann@example.com;tag=1");
        assertThat(address.tag()).isEqualTo("1");
        assertThat(address.uri().parameters()).isEqualTo(Parameters.NONE);
    }

    @Test
    void urisOfOtherSchemesKeepTheirText() {
        assertThat(SipUri.parse("tel:+1-201-555;phone-context=x").userName()).isEqualTo("+1-201-555");
        assertThat(SipUri.parse("urn:service:sos").toString()).isEqualTo("urn:service:sos");
        assertThat(SipUri.parse("sip:user;par=u%40example.net@example.com").userName())
                .isEqualTo("user;par=u@example.net");
        assertThat(SipUri.parse("sip:alice:secret@example.com").userName()).isEqualTo("alice");
        assertThat(SipUri.of("a b@c", new HostPort("h", -1)).toString()).isEqualTo("sip:a%20b%40c@h");
    }

    @Test
    void aHeaderFromOutsideCannotSmuggleInALine() {
        SipHeaders headers = new SipHeaders().add("Subject", "x\r\nContact: <sip:evil@x>");
        assertThat(headers.toString()).isEqualTo("Subject: x  Contact: <sip:evil@x>\r\n");
    }

    @Test
    void eachFaultIsNamedAndAnsweredIfItCanBe() {
        record Case(String from, String to, String message) {}
        for (Case each : new Case[] {
            new Case("CSeq: 314159 INVITE", "CSeq: 314159 BYE", "CSeq of another method: BYE"),
            new Case("CSeq: 314159 INVITE", "CSeq: 2147483648 INVITE", "CSeq is too large: 2147483648"),
            new Case("CSeq: 314159 INVITE", "CSeq: -1 INVITE", "CSeq is not a number: -1"),
            new Case("Content-Length: 4", "Content-Length: 5", "body is shorter than Content-Length 5"),
            new Case("Content-Length: 4", "Content-Length: -4", "Content-Length is not a number: -4"),
            new Case("Max-Forwards: 70", "Max-Forwards: 300", "Max-Forwards is too large: 300"),
            new Case("Max-Forwards: 70", "Max-Forwards: 70\r\nMax-Forwards: 5", "more than one Max-Forwards"),
            new Case("Max-Forwards: 70", "This is no header", "bad header line: This is no header"),
            new Case("To: Bob <", "To: \"Bob <", "quote not closed: \"Bob <sip:bob@example.com>"),
            new Case(
                    "<sip:bob@example.com>",
                    "<sip:bob@example.com",
                    "angle bracket not closed: Bob <sip:bob@example.com"),
            new Case(
                    "<sip:ann@192.0.2.1:5062>",
                    "sip:ann@192.0.2.1?x=y",
                    "address needs angle brackets: sip:ann@192.0.2.1?x=y"),
            new Case("bob%20b@", "bob%2@", "bad user part: bob%2@192.0.2.4:5070;transport=udp"),
            new Case("INVITE sip:", "INVITE  sip:", "white space around the Request-URI"),
            new Case("INVITE sip:", "INVITE <sip:", "not a URI: <sip:bob%20b@192.0.2.4:5070;transport=udp"),
        }) {
            MalformedMessageException e = refused(INVITE.replace(each.from(), each.to()));
            assertThat(e).hasMessage(each.message());
            assertThat(e.answer()).as(each.message()).isNotNull();
            assertThat(e.answer().status()).isEqualTo(400);
            assertThat(e.answer().reason()).isEqualTo("Bad Request: " + each.message());
        }
    }

    @Test
    void anotherVersionIs505() {
        assertThat(refused(INVITE.replace("SIP/2.0\r\nVia", "SIP/7.0\r\nVia"))
                        .answer()
                        .status())
                .isEqualTo(505);
    }

    @Test
    void whatCannotBeAnsweredHasNoAnswer() {
        assertThat(refused("").answer()).isNull();
        assertThat(refused("HELLO").answer()).isNull();
        assertThat(refused(INVITE.replace("INVITE", "ACK").replace("Max-Forwards: 70", "nonsense"))
                        .answer())
                .isNull();
        assertThat(refused(INVITE.replaceFirst("Via: [^\r]*\r\n", "")).answer()).isNull();
        assertThat(refused(INVITE.replace("Call-ID", "Other")).answer()).isNull();
        assertThat(refused("SIP/2.0 99 Low\r\n\r\n").answer()).isNull();
        assertThat(refused("SIP/2.0 4294967301 better not break\r\n\r\n").answer())
                .isNull();
    }

    @Test
    void sizesHaveLimits() {
        String many = INVITE.replace("Max-Forwards", "X: y\r\n".repeat(300) + "Max-Forwards");
        assertThat(refused(many)).hasMessage("more than 200 headers");
        String wide = INVITE.replace("Max-Forwards", "X: " + "y".repeat(20_000) + "\r\nMax-Forwards");
        assertThat(refused(wide)).hasMessage("line longer than 16384");
        String folded = INVITE.replace(
                "Max-Forwards", "X: y\r\n" + (" " + "z".repeat(200) + "\r\n").repeat(200) + "Max-Forwards");
        assertThat(refused(folded)).hasMessage("line longer than 16384");
        byte[] huge = new byte[70_000];
        MalformedMessageException e = catchThrowableOfType(
                MalformedMessageException.class, () -> SipParser.parseDatagram(huge, 0, huge.length));
        assertThat(e).hasMessage("message of 70000 bytes");
    }

    @Test
    void noChangeOfBytesMakesAnythingButAMessageOrAClearRefusal() {
        int taken = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            byte[] bytes = mutated(new SplittableRandom(seed));
            boolean[] parsed = {false};
            assertThatCode(() -> {
                        try {
                            SipMessage message = SipParser.parseDatagram(bytes, 0, bytes.length);
                            parsed[0] = true;
                            touch(message);
                        } catch (MalformedMessageException e) {
                            assertThat(e.getMessage()).isNotBlank();
                            SipResponse answer = e.answer();
                            if (answer != null) {
                                answer.toBytes();
                                answer.topVia();
                            }
                        }
                    })
                    .as("seed " + seed)
                    .doesNotThrowAnyException();
            taken += parsed[0] ? 1 : 0;
        }
        assertThat(taken).as("changes that leave a message").isBetween(1_000, 19_000);
    }

    private static byte[] mutated(SplittableRandom random) {
        byte[] bytes = INVITE.getBytes(StandardCharsets.UTF_8);
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            switch (random.nextInt(4)) {
                case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                case 1 ->
                    bytes[random.nextInt(bytes.length)] = (byte) "<>\";:@=,\\%\r\n\t /[]?".charAt(random.nextInt(18));
                case 2 -> bytes = java.util.Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = random.nextInt(Math.min(40, bytes.length - from) + 1);
                    byte[] longer = new byte[bytes.length + length];
                    System.arraycopy(bytes, 0, longer, 0, from + length);
                    System.arraycopy(bytes, from, longer, from + length, bytes.length - from);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }

    /** Everything that the layers above read of a message. */
    private static void touch(SipMessage message) {
        message.topVia().branch();
        message.fromTag();
        message.toTag();
        message.cseq();
        message.callId();
        message.contact();
        message.addresses("Record-Route");
        message.headers().list("Require");
        message.contentType();
        byte[] bytes = message.toBytes();
        assertThat(bytes).isNotEmpty();
        if (message instanceof SipRequest request) {
            SipResponse.to(request, 200, "OK", "tag").toBytes();
        }
    }
}
