package dev.trunkline.acceptance.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every cell of the table is a test or has a reason, and the page says so. */
class PeerTableTest {

    private static final Path PAGE = Path.of("..", "docs", "peers.md");

    private static final String NO_EARLY_VOICE =
            "No agent that comes with the server speaks before it answers, so nobody hears it"
                    + " early; the user agent's early media is tested in `telephony`.";
    private static final String NOT_TRANSFERRED =
            "REFER with this peer is not tested with the whole server; the user agent's is tested in" + " `telephony`.";

    /** What cannot be, or is not, and why. */
    private static final Map<Peer, Map<Behaviour, String>> IMPOSSIBLE = Map.of(
            Peer.OWN_CALLER,
            Map.of(
                    Behaviour.HOLD, "The scripted caller agrees to a hold or a change, but asks for none.",
                    Behaviour.REINVITE, "The scripted caller agrees to a hold or a change, but asks for none.",
                    Behaviour.CANCEL, "The scripted caller waits for the answer before it does anything.",
                    Behaviour.EARLY_MEDIA, NO_EARLY_VOICE,
                    Behaviour.TRANSFER, "The scripted caller neither sends nor obeys REFER.",
                    Behaviour.TLS,
                            "The scripted caller takes whom to trust from the environment of its process; not tested here."),
            Peer.SIPP,
            Map.of(
                    Behaviour.EARLY_MEDIA, NO_EARLY_VOICE,
                    Behaviour.TRANSFER, NOT_TRANSFERRED,
                    Behaviour.G722, "SIPp has no codecs: it plays files that are encoded already, and ours are G.711.",
                    Behaviour.OPUS, "SIPp has no codecs: it plays files that are encoded already, and ours are G.711.",
                    Behaviour.TLS, "Debian builds SIPp without TLS."),
            Peer.BARESIP,
            Map.of(Behaviour.EARLY_MEDIA, NO_EARLY_VOICE),
            Peer.ASTERISK_TRUNK,
            Map.of(Behaviour.EARLY_MEDIA, NO_EARLY_VOICE, Behaviour.TRANSFER, NOT_TRANSFERRED),
            Peer.ASTERISK_REGISTRAR,
            Map.of(
                    Behaviour.EARLY_MEDIA,
                    NO_EARLY_VOICE,
                    Behaviour.TRANSFER,
                    NOT_TRANSFERRED,
                    Behaviour.TLS,
                    "Registration over TLS is not tested with Asterisk; calls over TLS are, see the row above."),
            Peer.KAMAILIO,
            Map.of(
                    Behaviour.EARLY_MEDIA,
                    NO_EARLY_VOICE,
                    Behaviour.TRANSFER,
                    NOT_TRANSFERRED,
                    Behaviour.TLS,
                    "The example has no TLS: Debian keeps it in a package of its own, and the way from proxy to server is usually"
                            + " inside a house."));

    private final PeerTable table = PeerTable.gathered();

    @Test
    void everyCellIsATestOrHasAReasonAndNotBoth() {
        List<String> wrong = new ArrayList<>();
        for (Peer peer : Peer.values()) {
            for (Behaviour behaviour : Behaviour.values()) {
                boolean shown = !table.testsOf(peer, behaviour).isEmpty();
                boolean excused = IMPOSSIBLE.getOrDefault(peer, Map.of()).containsKey(behaviour);
                if (shown == excused) {
                    wrong.add(peer + " x " + behaviour + (shown ? ": shown, and excused" : ": neither"));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void thePageSaysWhatTheTestsShow() throws IOException {
        String page = table.page(IMPOSSIBLE);
        Path made = Files.writeString(Files.createDirectories(Path.of("target")).resolve("peers.md"), page);

        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("the page is not true any more: cp acceptance/%s docs/peers.md", made)
                .isEqualTo(page);
    }
}
