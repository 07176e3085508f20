package dev.trunkline.telephony.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples of RFC 7616, 3.9 (that of 3.9.2 as its erratum 4897 corrects it) and RFC 2617, 3.5. RFC 8760 has no
 * figures of its own.
 */
class DigestVectorsTest {

    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void theFirstExampleOfRfc7616(String algorithm, String response) {
        DigestAnswer answer = new DigestAnswer(
                "Mufasa",
                "http-auth@example.org",
                "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                "/dir/index.html",
                response,
                algorithm,
                "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
                "auth",
                "00000001",
                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        assertThat(answer.expected(answer.hash().orElseThrow(), "Circle of Life", "GET", new byte[0]))
                .isEqualTo(response);
    }

    @ParameterizedTest
    @CsvSource({"SHA-512-256, 3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5"})
    void theSecondExampleOfRfc7616AsCorrected(String algorithm, String response) {
        DigestAnswer answer = new DigestAnswer(
                "J\u00e4s\u00f8n Doe",
                "api@example.org",
                "5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK",
                "/doe.json",
                response,
                algorithm,
                "HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS",
                "auth",
                "00000001",
                "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v");
        assertThat(answer.expected(answer.hash().orElseThrow(), "Secret, or not?", "GET", new byte[0]))
                .isEqualTo(response);
    }

    @ParameterizedTest
    @CsvSource({
        // worked out apart from this code, with Python's hashlib
        "MD5-sess, auth, 397561429a5508cf54e6cbe1ddbcf313",
        "SHA-256-sess, auth, 3aa88b9f8c15bc28b88a5c43a24bd5c6dd7a254ba028a8d96f499a9ebb911c7a",
        "SHA-512-256-sess, auth, edf11fcdce36a16bfaa01ff6b9bf555a1c9aadd112beb1bbd0162a815483246b",
        "SHA-256, auth-int, 2f6c60fc758de07643e3cd090329ea377dad55d075fab521bb5d466d1adf4113",
        "MD5, , 3a77983881c408ede4c219bc087d2a4f"
    })
    void sessionsIntegrityAndTheOldWay(String algorithm, String qop, String response) {
        DigestAnswer answer = new DigestAnswer(
                "1001",
                "asterisk",
                "n0nce",
                "sip:127.0.0.1:25060;transport=tcp",
                response,
                algorithm,
                null,
                qop,
                qop == null ? null : "0000000a",
                "c0ffee");
        assertThat(answer.expected(answer.hash().orElseThrow(), "s3cr\u00e9t", "REGISTER", "v=0\r\n".getBytes()))
                .isEqualTo(response);
    }
}
