package dev.trunkline.acceptance;

import dev.trunkline.acceptance.voice.Prompts;
import dev.trunkline.caller.network.ImpairedPath;
import dev.trunkline.caller.network.Impairments;
import dev.trunkline.caller.script.Content;
import dev.trunkline.caller.script.Cue;
import dev.trunkline.caller.script.Script;
import dev.trunkline.caller.script.ScriptPlayer;
import dev.trunkline.caller.script.SpokenTurn;
import dev.trunkline.caller.script.Step;
import dev.trunkline.caller.sound.AgentEar;
import dev.trunkline.caller.sound.Recording;
import dev.trunkline.caller.sound.TelephoneSound;
import dev.trunkline.caller.wire.CallMedia;
import dev.trunkline.caller.wire.MediaLoop;
import dev.trunkline.caller.wire.RtpSocket;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.engine.AudioPayload;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSession;
import dev.trunkline.media.engine.RtpParameters;
import dev.trunkline.media.engine.SessionStatistics;
import dev.trunkline.sound.AudioChunk;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sentences sent as RTP to a session of the server's media engine, and what its hearing made of them. */
final class HearingCall {

    private static final Duration GAP = Duration.ofMillis(700);
    private static final int MARGIN = Recording.RATE / 5;

    private final List<Prompts.Prompt> prompts;
    private final Recording hearing = new Recording(Recording.RATE * 120L);
    private final CompletableFuture<List<SpokenTurn>> done = new CompletableFuture<>();
    private final CompletableFuture<SessionStatistics> statistics = new CompletableFuture<>();

    private HearingCall(List<Prompts.Prompt> prompts) {
        this.prompts = prompts;
    }

    static HearingCall begin(MediaEngine engine, List<Prompts.Prompt> prompts, Impairments network) {
        HearingCall call = new HearingCall(prompts);
        Thread.ofPlatform().name("hearing-call").daemon().start(() -> {
            try {
                call.run(engine, network);
            } catch (IOException | RuntimeException e) {
                call.done.completeExceptionally(e);
            }
        });
        return call;
    }

    private void run(MediaEngine engine, Impairments network) throws IOException {
        List<Step> steps = new ArrayList<>();
        for (Prompts.Prompt prompt : prompts) {
            steps.add(new Step(
                    new Cue.AfterStep(GAP), new Content.Speech(prompt.words(), TelephoneSound.of(prompt.sound()))));
        }
        steps.add(new Step(new Cue.AfterStep(GAP), new Content.HangUp()));
        Script script =
                new Script(steps, List.of(), Script.PAUSE, Script.PATIENCE, Duration.ZERO, Duration.ofSeconds(100));
        AgentEar ear = new AgentEar(Script.PAUSE.toNanos());
        ScriptPlayer player = new ScriptPlayer(script, ear);
        CallMedia media = new CallMedia(
                player,
                ear,
                Codecs.PCMU.create(),
                101,
                new ImpairedPath(network),
                Recording.RATE * 120L,
                network.seed());
        try (RtpSocket socket = RtpSocket.open(InetAddress.getLoopbackAddress());
                MediaSession session = engine.open(event -> {})) {
            session.negotiate(RtpParameters.of(socket.address(), AudioPayload.PCMU));
            session.hear((samples, length, position, arrival) -> hearing.write(position, samples, 0, length));
            new MediaLoop(socket, session.localAddress(), media, System.nanoTime(), key -> {}, () -> {}).run();
            statistics.complete(session.statistics());
        }
        done.complete(player.spoken());
    }

    void await() {
        done.join();
    }

    List<Prompts.Prompt> prompts() {
        return prompts;
    }

    long packetsLost() {
        return statistics.join().lost();
    }

    /** What was heard where that sentence was said. */
    AudioChunk heard(int index) {
        SpokenTurn turn = done.join().get(index);
        short[] all = hearing.all().toPcm();
        int from = (int) Math.clamp(turn.startNanos() / 125_000 - MARGIN, 0, all.length);
        int to = (int) Math.clamp(turn.endNanos() / 125_000 + MARGIN, from, all.length);
        return AudioChunk.ofPcm(Arrays.copyOfRange(all, from, to), Recording.RATE);
    }
}
