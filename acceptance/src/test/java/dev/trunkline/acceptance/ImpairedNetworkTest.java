package dev.trunkline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.acceptance.voice.Prompts;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.acceptance.word.WordErrors;
import dev.trunkline.caller.network.Impairments;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.sound.AudioChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Forty sentences through the server's media path, over a perfect and over a bad network: RTP on the loopback interface, the
 * media engine's hearing, the recognition that the server uses. Both networks at the same time, several sentences in each
 * session.
 */
class ImpairedNetworkTest {

    private static final int SESSIONS = 8;
    private static final long SEED = 2026;

    @Test
    void threePercentLossAndFortyMillisecondsOfJitterCostAtMostTwoPoints() throws Exception {
        List<Prompts.Prompt> prompts = Prompts.all();
        List<HearingCall> clean = new ArrayList<>();
        List<HearingCall> impaired = new ArrayList<>();
        MediaSettings settings = MediaSettings.defaults().withPorts(28_000, 28_999);
        try (MediaEngine engine = MediaEngine.start(settings, new EnergyVad())) {
            for (int i = 0; i < SESSIONS; i++) {
                List<Prompts.Prompt> share = everyNth(prompts, i);
                clean.add(HearingCall.begin(engine, share, Impairments.NONE));
                impaired.add(HearingCall.begin(engine, share, new Impairments(3, 40, 0, 0, SEED + i)));
            }
            for (HearingCall call : clean) {
                call.await();
            }
            for (HearingCall call : impaired) {
                call.await();
            }
        }
        WordErrors errorsClean = errors(clean);
        WordErrors errorsImpaired = errors(impaired);
        System.out.printf(
                Locale.ROOT,
                "word errors: clean %.1f %% of %d, with 3 %% loss and 40 ms jitter %.1f %%%n",
                errorsClean.percent(),
                errorsClean.words(),
                errorsImpaired.percent());

        assertThat(impaired.stream().mapToLong(HearingCall::packetsLost).sum())
                .as("packets that the network took")
                .isGreaterThan(100);
        assertThat(clean.stream().mapToLong(HearingCall::packetsLost).sum()).isZero();
        assertThat(errorsClean.words()).isGreaterThan(300);
        assertThat(errorsImpaired.percent()).isLessThanOrEqualTo(errorsClean.percent() + 2);
    }

    private static List<Prompts.Prompt> everyNth(List<Prompts.Prompt> prompts, int from) {
        List<Prompts.Prompt> share = new ArrayList<>();
        for (int i = from; i < prompts.size(); i += SESSIONS) {
            share.add(prompts.get(i));
        }
        return share;
    }

    private static WordErrors errors(List<HearingCall> calls) {
        WordErrors all = WordErrors.NONE;
        for (HearingCall call : calls) {
            for (int i = 0; i < call.prompts().size(); i++) {
                AudioChunk heard = call.heard(i);
                all = all.plus(WordErrors.between(call.prompts().get(i).words(), Ears.hearAsTheServerDoes(heard)));
            }
        }
        return all;
    }
}
