package dev.trunkline.caller.load;

import dev.trunkline.caller.signalling.Signalling;
import dev.trunkline.media.codec.Codecs;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One run: places the calls, lets them warm up, measures, lets the last answers come, hangs up. Used by one thread.
 */
final class LoadRun implements AutoCloseable {

    private static final int PCMU = 0;
    private static final long SETTLED_SECONDS = 40;
    private static final long ENDED_SECONDS = 10;

    /** The last question's answer: the silence that ends it, the answer, and the silence that ends that. */
    private static final long LAST_ANSWERS_NANOS = 4_500_000_000L;

    private final LoadOptions options;
    private final Signalling line;
    private final String target;
    private final long pid;
    private final @Nullable URI metrics;
    private final QuestionSound sound;
    private final PrintStream progress;
    private final ProcFolder proc = new ProcFolder();
    private final List<LoadShard> shards = new ArrayList<>();
    private final List<CallSlot> calls = new ArrayList<>();

    /** What is read at the begin of the measurement and at its end. */
    private record Reading(
            long nanos,
            double cpuMillis,
            double ownMillis,
            double busyMillis,
            @Nullable ServerFigures server) {}

    /**
     * A run that has not begun.
     *
     * @param line places the calls; stays open
     * @param pid of the server, 0 if not known
     * @param metrics the server's figures; null if not known
     * @param progress told what goes on
     */
    LoadRun(
            LoadOptions options,
            Signalling line,
            String target,
            long pid,
            @Nullable URI metrics,
            QuestionSound sound,
            PrintStream progress) {
        this.options = options;
        this.line = line;
        this.target = target;
        this.pid = pid;
        this.metrics = metrics;
        this.sound = sound;
        this.progress = progress;
    }

    LoadReport run(String what) throws IOException {
        for (int i = 0; i < options.threads(); i++) {
            shards.add(new LoadShard(i));
        }
        double memoryBefore = memory();
        progress.println("placing " + options.calls() + " calls to " + target);
        place();
        progress.println("warming up for " + options.warmUp() + " s");
        sleep(options.warmUp() * 1_000_000_000L);
        Reading begin = read();
        shards.forEach(shard -> shard.forEach(LoadCaller::measure));
        progress.println("measuring for " + options.seconds() + " s");
        sleep(options.seconds() * 1_000_000_000L);
        Reading end = read();
        double memoryAfter = memory();
        shards.forEach(shard -> shard.forEach(caller -> {
            caller.measureNoMore();
            caller.fallSilent();
        }));
        sleep(LAST_ANSWERS_NANOS);
        int held = (int) calls.stream()
                .filter(call -> call.isUp() && call.caller().heardToTheEnd())
                .count();
        shards.forEach(shard -> shard.forEach(LoadCaller::leave));
        calls.forEach(CallSlot::hangUp);
        await(calls.stream().map(CallSlot::ended).toList(), ENDED_SECONDS);
        LoadFigures figures = new LoadFigures();
        shards.forEach(shard -> shard.forEach(caller -> figures.add(caller.figures())));
        return report(what, held, figures, begin, end, (memoryAfter - memoryBefore) / options.calls());
    }

    private void place() throws IOException {
        long begun = System.nanoTime();
        for (int i = 0; i < options.calls(); i++) {
            sleep(begun + i * 1_000_000_000L / options.ramp() - System.nanoTime());
            RtpPorts ports = RtpPorts.open(line.localAddressFor(target));
            LoadCaller caller = new LoadCaller(i + 1, ports, sound, Codecs.PCMU.create(), phase(i));
            CallSlot call = new CallSlot(caller, shards.get(i % shards.size()));
            calls.add(call);
            call.place(line, target, new Signalling.Offer(ports.port(), List.of(PCMU)));
        }
        await(calls.stream().map(CallSlot::settled).toList(), SETTLED_SECONDS);
    }

    /** Spreads the questions evenly over a cycle, whatever the number of calls: multiples of the golden section. */
    private static int phase(int call) {
        return (int) (call * 0.6180339887 % 1 * QuestionSound.CYCLE_FRAMES);
    }

    private LoadReport report(
            String what, int held, LoadFigures figures, Reading begin, Reading end, double memoryPerCall)
            throws IOException {
        double seconds = (end.nanos() - begin.nanos()) / 1e9;
        double callSeconds = seconds * options.calls();
        boolean turns = !options.bare();
        long framesOfAnswers = Math.max(1, figures.answerFrames);
        return new LoadReport(
                what,
                options.calls(),
                held,
                seconds,
                new LoadReport.Lateness(
                        figures.packetsReceived,
                        figures.packetsMissing,
                        figures.serverLateness.shareBeyond(5_000_000),
                        figures.serverLateness.shareBeyond(20_000_000),
                        figures.serverLateness.millisAt(0.5),
                        figures.serverLateness.millisAt(0.99),
                        figures.serverLateness.worstMillis()),
                new LoadReport.Turns(
                        turns ? figures.asked : 0,
                        turns ? figures.answered : 0,
                        turns ? figures.unanswered : 0,
                        turns ? figures.crossed : 0,
                        turns ? figures.unreadable : 0,
                        turns ? figures.cutShort : 0,
                        (double) figures.insertedFrames / framesOfAnswers,
                        figures.replies.millisAt(0.5, figures.unanswered),
                        figures.replies.millisAt(0.99, figures.unanswered),
                        LoadCommand.STOP_MILLIS),
                new LoadReport.Cost(
                        (end.cpuMillis() - begin.cpuMillis()) / callSeconds,
                        memoryPerCall,
                        pid == 0 ? "unknown" : proc.collector(pid)),
                new LoadReport.Own(
                        figures.packetsSent,
                        figures.sendFailures,
                        figures.sendLateness.millisAt(0.5),
                        figures.sendLateness.millisAt(0.99),
                        figures.sendLateness.worstMillis(),
                        (end.ownMillis() - begin.ownMillis()) / callSeconds,
                        (end.busyMillis() - begin.busyMillis()) / 1_000 / seconds,
                        proc.processors()),
                server(begin, end, callSeconds));
    }

    private static LoadReport.Server server(Reading begin, Reading end, double callSeconds) {
        ServerFigures before = begin.server();
        ServerFigures after = end.server();
        if (before == null || after == null) {
            return LoadReport.Server.UNKNOWN;
        }
        return new LoadReport.Server(
                after.since(before, "trunkline_media_frames_late_total")
                        / Math.max(1, after.since(before, "trunkline_media_frames_paced_total")),
                after.since(before, "trunkline_media_rounds_skipped_total"),
                after.since(before, "trunkline_media_frames_silent_total"),
                after.engineMillisAt(before, 0.5),
                after.engineMillisAt(before, 0.99),
                after.since(before, "trunkline_media_vad_windows_total") / callSeconds);
    }

    private Reading read() throws IOException {
        ServerFigures server = metrics == null ? null : ServerFigures.read(metrics);
        return new Reading(
                System.nanoTime(),
                pid == 0 ? Double.NaN : proc.cpuMillis(pid),
                proc.cpuMillisAlone(ProcessHandle.current().pid()),
                proc.busyMillis(),
                server);
    }

    private double memory() throws IOException {
        return pid == 0 ? Double.NaN : proc.memoryBytes(pid);
    }

    private static void await(List<CompletableFuture<Boolean>> futures, long seconds) {
        try {
            CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // those that did not come count as not held
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() throws IOException {
        shards.forEach(LoadShard::close);
        for (CallSlot call : calls) {
            call.caller().ports.close();
        }
    }
}
