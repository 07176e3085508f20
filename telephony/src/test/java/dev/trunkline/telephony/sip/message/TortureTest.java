package dev.trunkline.telephony.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Messages of the kinds that RFC 4475 lists, written anew: odd ones that are valid, and invalid ones. */
class TortureTest {

    private static final String REST = String.join(
            "\r\n",
            "Via: SIP/2.0/UDP host.example.com;branch=z9hG4bK293423",
            "To: sip:j.user@example.com",
            "From: sip:caller@example.net;tag=134161461246",
            "Max-Forwards: 7",
            "Call-ID: badinv.0ha0isndaksdj",
            "CSeq: 8 INVITE",
            "Contact: <sip:caller@host5.example.net>",
            "Content-Length: 0",
            "",
            "");

    private static SipMessage taken(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return SipParser.parseDatagram(bytes, 0, bytes.length);
    }

    private static MalformedMessageException refused(String text) {
        MalformedMessageException e = catchThrowableOfType(MalformedMessageException.class, () -> taken(text));
        assertThat(e).as(text).isNotNull();
        return e;
    }

    @Test
    void aShortTortuousInvite() throws Exception {
        SipRequest request = (SipRequest) taken(String.join(
                "\r\n",
                "INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0",
                "TO :",
                " sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n",
                "from   : \"J Rosenberg \\\\\\\"\"       <sip:jdrosen@example.com>",
                "  ;",
                "  tag = 98asjd8",
                "MaX-fOrWaRdS: 0068",
                "Call-ID: wsinv.ndaksdj@192.0.2.1",
                "Content-Length   : 0",
                "cseq: 0009",
                "  INVITE",
                "Via  : SIP  /   2.0",
                " /UDP",
                "    192.0.2.2;branch=390skdjuw",
                "s :",
                "NewFangledHeader:   newfangled value",
                " continued newfangled value",
                "UnknownHeaderWithUnusualValue: ;;,,;;,;",
                "Content-Type: application/sdp",
                "Route:",
                " <sip:services.example.com;lr;unknownwith=value;unknown-no-value>",
                "v:  SIP  / 2.0  / TCP     spindle.example.com   ;",
                "  branch  =   z9hG4bK9ikj8  ,",
                " SIP  /    2.0   / UDP  192.168.255.111   ; branch=",
                " z9hG4bK30239",
                "m:\"Quoted string \\\"\\\"\" <sip:jdrosen@example.com> ; newparam =",
                "      newvalue ;",
                "  secondparam ; q = 0.33",
                "",
                ""));
        assertThat(request.toTag()).isEqualTo("1918181833n");
        assertThat(request.from().displayName()).isEqualTo("J Rosenberg \\\"");
        assertThat(request.cseq()).isEqualTo(new CSeq(9, "INVITE"));
        assertThat(request.topVia().branch()).isEqualTo("390skdjuw");
        assertThat(request.headers().list("Via")).hasSize(3);
        NameAddress contact = request.contact();
        assertThat(contact).isNotNull();
        assertThat(contact.displayName()).isEqualTo("Quoted string \"\"");
        assertThat(contact.parameters().get("newparam")).isEqualTo("newvalue");
    }

    @Test
    void theWideRangeOfValidCharacters() throws Exception {
        SipRequest request = (SipRequest) taken(String.join(
                "\r\n",
                "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*"
                        + ":&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0",
                "Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+`'~",
                "To: \"BEL:\\\u0007 NUL:\\\u0000 DEL:\\\u007F\" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*"
                        + "@example.com>",
                "From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%=\"работающий\";"
                        + "tag=_token~1'+`*%!-.",
                "Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{",
                "CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~",
                "Max-Forwards: 255",
                "extensionHeader-!.%*+_`'~: 大停電",
                "Content-Length: 0",
                "",
                ""));
        assertThat(request.method()).startsWith("!interesting");
        assertThat(request.fromTag()).isEqualTo("_token~1'+`*%!-.");
        assertThat(request.header("extensionheader-!.%*+_`'~")).isEqualTo("大停電");
        assertThat(request.uri().host()).isEqualTo("example.com");
    }

    @Test
    void percentSignsThatEscapeAndThatDoNot() throws Exception {
        SipRequest request = (SipRequest) taken("RE%47IST%45R sip:registrar.example.com SIP/2.0\r\n"
                + REST.replace("8 INVITE", "8 RE%47IST%45R").replace("caller@host5", "alias2%2d@host5"));
        assertThat(request.method()).as("methods are not escaped").isEqualTo("RE%47IST%45R");
        NameAddress contact = request.contact();
        assertThat(contact).isNotNull();
        assertThat(contact.uri().userName()).isEqualTo("alias2-");
    }

    @Test
    void aSecondMessageBehindTheFirstInADatagramIsIgnored() throws Exception {
        SipMessage message = taken("REGISTER sip:example.com SIP/2.0\r\n" + REST.replace("8 INVITE", "8 REGISTER")
                + "INVITE sip:joe@example.com SIP/2.0\r\n" + REST);
        assertThat(((SipRequest) message).method()).isEqualTo("REGISTER");
        assertThat(message.hasBody()).isFalse();
    }

    @Test
    void aSemicolonInTheUserPart() throws Exception {
        SipRequest request = (SipRequest) taken("INVITE sip:user;par=u%40example.net@example.com SIP/2.0\r\n" + REST);
        assertThat(request.uri().userName()).isEqualTo("user;par=u@example.net");
        assertThat(request.uri().host()).isEqualTo("example.com");
    }

    @Test
    void transportsThatNobodyKnows() throws Exception {
        SipMessage message = taken("INVITE sip:user@example.com SIP/2.0\r\n"
                + REST.replace("\r\nTo", ", SIP/2.0/UNKNOWN t5.example.com;branch=z9hG4bKkdj\r\nTo"));
        assertThat(Via.parse(message.headers().list("Via").get(1)).transport()).isEqualTo("UNKNOWN");
    }

    @Test
    void longValuesEverywhere() throws Exception {
        String longName = "amazinglylongcallername" + "x".repeat(800);
        SipMessage message = taken("INVITE sip:user@example.com SIP/2.0\r\n"
                + REST.replace("sip:caller@example.net", "\"" + longName + "\" <sip:caller@example.net>")
                        .replace("badinv", "longreq.one" + "really".repeat(60)));
        assertThat(message.from().displayName()).isEqualTo(longName);
    }

    @Test
    void extraneousSeparatorsAreRefused() {
        assertThat(refused("INVITE sip:user@example.com SIP/2.0\r\n" + REST.replace("branch=z9hG4bK293423", ";;,;,,"))
                        .kind())
                .isEqualTo("header");
    }

    @Test
    void badLengthsAndNumbersAreRefusedWith400() {
        for (String[] change : new String[][] {
            {"Content-Length: 0", "Content-Length: 9999"},
            {"Content-Length: 0", "Content-Length: -999"},
            {"CSeq: 8 INVITE", "CSeq: 36893488147419103232 INVITE"},
            {"CSeq: 8 INVITE", "CSeq: 8 OPTIONS"},
            {"Max-Forwards: 7", "Max-Forwards: 300"},
        }) {
            MalformedMessageException e =
                    refused("INVITE sip:user@example.com SIP/2.0\r\n" + REST.replace(change[0], change[1]));
            assertThat(e.answer()).as(change[1]).isNotNull();
            assertThat(e.answer().status()).isEqualTo(400);
        }
    }

    @Test
    void malformedStartLinesAreRefused() {
        for (String line : new String[] {
            "INVITE <sip:user@example.com> SIP/2.0",
            "INVITE sip:user@example.com; lr SIP/2.0",
            "INVITE  sip:user@example.com  SIP/2.0",
            "INVITE sip:user@example.com SIP/2.0  ",
            "INVITE sip:user@example.com",
        }) {
            assertThat(refused(line + "\r\n" + REST).kind()).as(line).isEqualTo("start-line");
        }
        MalformedMessageException version = refused("INVITE sip:t.watson@example.org SIP/7.0\r\n" + REST);
        assertThat(version.answer()).isNotNull();
        assertThat(version.answer().status()).isEqualTo(505);
    }

    @Test
    void malformedAddressesAreRefused() {
        for (String to : new String[] {
            "To: \"Mr. J. User <sip:j.user@example.com>",
            "To: <sip:j.user@example.com",
            "To: \"Bell\" , x <sip:bell@example.com>",
            "To: sip:j.user@",
            "To: ",
        }) {
            assertThat(refused("INVITE sip:user@example.com SIP/2.0\r\n"
                                    + REST.replace("To: sip:j.user@example.com", to))
                            .kind())
                    .as(to)
                    .isEqualTo("header");
        }
    }

    @Test
    void severalOfWhatMayBeThereOnceAreRefused() {
        for (String twice : new String[] {
            "CSeq: 9 INVITE", "Call-ID: other", "From: <sip:x@y>;tag=2", "To: <sip:x@y>", "Max-Forwards: 9", "l: 0"
        }) {
            assertThat(refused("INVITE sip:user@example.com SIP/2.0\r\n" + twice + "\r\n" + REST)
                            .getMessage())
                    .as(twice)
                    .startsWith("more than one");
        }
    }

    @Test
    void missingHeadersThatEveryRequestMustHave() {
        for (String name : new String[] {"Via", "To", "From", "Call-ID", "CSeq"}) {
            String without = REST.replaceFirst(name + ": [^\r]*\r\n", "");
            assertThat(refused("INVITE sip:user@example.com SIP/2.0\r\n" + without)
                            .answer())
                    .as(name)
                    .isNull();
        }
    }

    @Test
    void aResponseWithANumberTooLarge() {
        assertThat(refused("SIP/2.0 4294967301 better not break the receiver\r\n" + REST)
                        .kind())
                .isEqualTo("response");
    }
}
