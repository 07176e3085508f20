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

    /** What cannot be, or is not, and why. */
    private static final Map<Peer, Map<Behaviour, String>> IMPOSSIBLE = Map.of();

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
