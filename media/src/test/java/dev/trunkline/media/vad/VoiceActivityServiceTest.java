package dev.trunkline.media.vad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.media.Speech;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VoiceActivityServiceTest {

    private static final int FRAME = 160;

    private final List<VoiceActivityService> running = new ArrayList<>();

    private VoiceActivityService start(VoiceActivityModel model, int mediaThreads) {
        VoiceActivityService service = new VoiceActivityService(model, mediaThreads);
        running.add(service);
        return service;
    }

    @AfterEach
    void stop() {
        running.forEach(VoiceActivityService::close);
    }

    private static final class Notes implements SpeechListener {
        private final List<String> happened = new CopyOnWriteArrayList<>();
        private volatile int windows;

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
        public void windowJudged(boolean speech, int samples) {
            windows++;
        }

        @Override
        public void speechStarted(long onset) {
            happened.add("started " + onset / 8);
        }

        @Override
        public void speechStopped(long end, long lastSpeechArrival) {
            happened.add("stopped " + end / 8);
        }
    }

    private static void hear(VoiceStream stream, short[] sound) {
        short[] frame = new short[FRAME];
        for (int at = 0; at + FRAME <= sound.length; at += FRAME) {
            System.arraycopy(sound, at, frame, 0, FRAME);
            stream.hear(frame, FRAME, at, at);
        }
    }

    /** One second of silence, a sentence, two seconds of silence. */
    private static short[] silenceSentenceSilence() {
        short[] sentence = Speech.sentence();
        short[] all = new short[8_000 + sentence.length + 16_000];
        System.arraycopy(sentence, 0, all, 8_000, sentence.length);
        return all;
    }

    private static int millis(String event) {
        return Integer.parseInt(event.substring(event.indexOf(' ') + 1));
    }

    @Test
    void aSentenceStartsAndStopsWhereItIs() {
        VoiceActivityService service = start(SileroVad.load(SileroVadTest.modelFile()), 1);
        Notes notes = new Notes();
        VoiceStream stream = service.watch(0, VoiceActivitySettings.DEFAULT, notes);
        short[] sound = silenceSentenceSilence();

        hear(stream, sound);

        await().until(() -> notes.windows == sound.length / 256);
        int end = 1_000 + Speech.sentence().length / 8;
        assertThat(notes.happened.getFirst()).startsWith("started");
        assertThat(millis(notes.happened.getFirst())).isBetween(960, 1_150);
        assertThat(notes.happened.getLast()).startsWith("stopped");
        assertThat(millis(notes.happened.getLast())).isBetween(end - 300, end + 130);
    }

    @Test
    void leavingOutDigitalSilenceLosesNoSpeechAndSeesItNoLater() {
        short[] once = silenceSentenceSilence();
        short[] sound = Arrays.copyOf(once, 2 * once.length);
        System.arraycopy(once, 0, sound, once.length, once.length);
        List<String> judgedAll = new ArrayList<>();
        try (SileroVad model = SileroVad.load(SileroVadTest.modelFile())) {
            SpeechDetector detector = new SpeechDetector();
            VoiceActivityModel.Memory[] memory = {model.newMemory()};
            float[] probability = new float[1];
            for (int at = 0; at + 256 <= sound.length; at += 256) {
                model.infer(memory, new short[][] {Arrays.copyOfRange(sound, at, at + 256)}, probability, 1);
                switch (detector.judge(VoiceActivitySettings.DEFAULT, probability[0], at + 256, 256, 0)) {
                    case STARTED -> judgedAll.add("started " + detector.onset() / 8);
                    case STOPPED -> judgedAll.add("stopped " + detector.end() / 8);
                    case NONE -> {}
                }
            }
        }
        VoiceActivityService service = start(SileroVad.load(SileroVadTest.modelFile()), 1);
        Notes notes = new Notes();

        hear(service.watch(0, VoiceActivitySettings.DEFAULT, notes), sound);

        await().until(() -> notes.windows == sound.length / 256);
        assertThat(notes.happened).hasSameSizeAs(judgedAll);
        for (int i = 0; i < judgedAll.size(); i++) {
            int difference = millis(judgedAll.get(i)) - millis(notes.happened.get(i));
            assertThat(notes.happened.get(i).charAt(2))
                    .isEqualTo(judgedAll.get(i).charAt(2));
            assertThat(difference).isBetween(0, 64);
        }
        assertThat(service.statistics().skipped()).isGreaterThan(50);
    }

    @Test
    void windowsOfManyStreamsAreJudgedTogetherAndNoneIsMixedUp() throws InterruptedException {
        VoiceActivityService service = start(new EnergyVad(), 2);
        List<Notes> loud = new ArrayList<>();
        List<Notes> quiet = new ArrayList<>();
        List<VoiceStream> streams = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Notes notes = new Notes();
            (i % 3 == 0 ? loud : quiet).add(notes);
            streams.add(service.watch(i % 2, VoiceActivitySettings.DEFAULT, notes));
        }
        short[] speech = Arrays.copyOf(Speech.sentence(), 16 * 256);
        short[] murmur = new short[16 * 256];
        Arrays.setAll(new int[murmur.length], i -> murmur[i] = (short) (i % 2 == 0 ? 40 : -40));
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
            int mine = thread;
            threads.add(Thread.ofPlatform().start(() -> {
                short[] frame = new short[256];
                for (int at = 0; at < speech.length; at += 256) {
                    for (int s = mine; s < streams.size(); s += 2) {
                        System.arraycopy(s % 3 == 0 ? speech : murmur, at, frame, 0, 256);
                        streams.get(s).hear(frame, 256, at, at);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        await().until(() -> service.statistics().windows() == 60 * 16);
        assertThat(loud).allSatisfy(n -> assertThat(n.happened.getFirst()).startsWith("started"));
        assertThat(quiet).allSatisfy(n -> assertThat(n.happened).isEmpty());
        assertThat(service.statistics().batches()).isLessThan(60 * 16 / 2);
        assertThat(service.statistics().dropped()).isZero();
    }

    @Test
    void aModelThatFailsCostsWindowsAndNotTheThread() {
        VoiceActivityModel failing = new VoiceActivityModel() {
            private final EnergyVad behind = new EnergyVad();
            private int calls;

            @Override
            public int windowSamples() {
                return behind.windowSamples();
            }

            @Override
            public int maxBatch() {
                return 1;
            }

            @Override
            public Memory newMemory() {
                return behind.newMemory();
            }

            @Override
            public void infer(Memory[] memories, short[][] windows, float[] probabilities, int count) {
                if (calls++ == 0) {
                    throw new VoiceActivityException("broken", new IllegalStateException());
                }
                behind.infer(memories, windows, probabilities, count);
            }
        };
        VoiceActivityService service = start(failing, 1);
        Notes notes = new Notes();

        hear(service.watch(0, VoiceActivitySettings.DEFAULT, notes), Arrays.copyOf(Speech.sentence(), 30 * 256));

        await().until(() -> service.statistics().windows() == 29);
        assertThat(service.statistics().errors()).isEqualTo(1);
        assertThat(notes.happened).isNotEmpty();
    }

    @Test
    void aClosedStreamIsToldNothingMore() {
        VoiceActivityService service = start(new EnergyVad(), 1);
        Notes notes = new Notes();
        VoiceStream stream = service.watch(0, VoiceActivitySettings.DEFAULT, notes);
        Notes other = new Notes();
        VoiceStream open = service.watch(0, VoiceActivitySettings.DEFAULT, other);

        stream.close();
        hear(stream, Speech.sentence());
        hear(open, Arrays.copyOf(Speech.sentence(), 512));

        await().until(() -> other.windows >= 1);
        assertThat(notes.windows).isZero();
    }
}
