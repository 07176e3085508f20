package dev.trunkline.media.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EModelTest {

    @Test
    void aPerfectTelephoneCallIsWorthFourPointFour() {
        assertThat(EModel.rating(0, 0, CodecImpairment.G711)).isEqualTo(93.2);
        assertThat(EModel.BEST).isCloseTo(4.41, within(0.005));
    }

    @Test
    void knownPairsOfRatingAndScore() {
        // ITU-T G.107, Annex B
        assertThat(EModel.meanOpinion(90)).isCloseTo(4.34, within(0.005));
        assertThat(EModel.meanOpinion(80)).isCloseTo(4.03, within(0.01));
        assertThat(EModel.meanOpinion(70)).isCloseTo(3.60, within(0.005));
        assertThat(EModel.meanOpinion(60)).isCloseTo(3.10, within(0.005));
        assertThat(EModel.meanOpinion(50)).isCloseTo(2.58, within(0.01));
        assertThat(EModel.meanOpinion(0)).isEqualTo(1);
        assertThat(EModel.meanOpinion(3)).isEqualTo(1);
        assertThat(EModel.meanOpinion(100)).isEqualTo(4.5);
    }

    @Test
    void lossWithConcealmentCostsAboutFourPointsAPercent() {
        double one = EModel.rating(0, 0.01, CodecImpairment.G711);
        assertThat(93.2 - one).isCloseTo(3.64, within(0.01));
        assertThat(EModel.rating(0, 0.1, CodecImpairment.G711)).isCloseTo(93.2 - 27.07, within(0.01));
    }

    @Test
    void delayHurtsLittleUpToTheKneeAndMuchBeyond() {
        assertThat(EModel.rating(150, 0, CodecImpairment.G711)).isCloseTo(93.2 - 3.6, within(0.01));
        assertThat(EModel.rating(400, 0, CodecImpairment.G711)).isCloseTo(93.2 - 9.6 - 24.497, within(0.01));
    }

    @Test
    void nothingLeavesTheScale() {
        assertThat(EModel.meanOpinion(60_000, 1, CodecImpairment.G722)).isEqualTo(1);
        assertThat(EModel.meanOpinion(0, -0.5, CodecImpairment.OPUS)).isEqualTo(EModel.BEST);
        for (double loss = 0; loss < 1; loss += 0.01) {
            assertThat(EModel.meanOpinion(100, loss + 0.01, CodecImpairment.G711))
                    .isLessThanOrEqualTo(EModel.meanOpinion(100, loss, CodecImpairment.G711));
        }
    }
}
