package dev.trunkline.app.metrics;

import dev.trunkline.media.engine.MediaStatistics;
import dev.trunkline.telephony.sip.registration.TrunkStatus;
import dev.trunkline.telephony.sip.transport.SipCounters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Shows what the rooms count by themselves; read only when somebody asks, so the media threads never notice. */
public final class RoomMetrics {

    /** Figures of one scrape come from one reading. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final MeterRegistry registry;

    /** What meters read from: they themselves hold it only weakly. */
    private final List<Object> sources = new ArrayList<>();

    /**
     * Registers what the virtual machine tells.
     *
     * @param registry takes the meters
     */
    @SuppressWarnings("resource") // the collector's listener lives as long as the process
    public RoomMetrics(MeterRegistry registry) {
        this.registry = registry;
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new JvmInfoMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** The calls of this server. */
    public void calls(IntSupplier active, int most) {
        Gauge.builder("trunkline.calls.active", active::getAsInt)
                .description("calls now")
                .register(registry);
        Gauge.builder("trunkline.calls.most", () -> most)
                .description("calls at once, at most")
                .register(registry);
    }

    /** The media engine. */
    public void media(Supplier<MediaStatistics> source) {
        Reading<MediaStatistics> media = new Reading<>(source);
        sources.add(media);
        Gauge.builder("trunkline.media.sessions", media, all -> all.now().openSessions())
                .description("media sessions now")
                .register(registry);
        media(media, "packets.received", "packets taken", MediaStatistics::packetsReceived);
        media(media, "packets.sent", "packets sent", MediaStatistics::packetsSent);
        media(media, "bytes.received", "bytes taken", MediaStatistics::bytesReceived);
        media(media, "bytes.sent", "bytes sent", MediaStatistics::bytesSent);
        media(media, "packets.strange", "packets from somebody else, dropped", MediaStatistics::strangers);
        media(media, "packets.malformed", "packets that were no RTP of the call", MediaStatistics::malformed);
        media(media, "reports.received", "RTCP taken", MediaStatistics::reportsReceived);
        media(media, "reports.sent", "RTCP sent", MediaStatistics::reportsSent);
        media(media, "reports.refused", "RTCP malformed or from somebody else", MediaStatistics::reportsRefused);
        media(media, "packets.lost", "packets missing by their numbers", MediaStatistics::lost);
        media(media, "packets.late", "packets that came after their turn", MediaStatistics::late);
        media(media, "packets.duplicate", "packets that came twice", MediaStatistics::duplicates);
        media(media, "frames.concealed", "frames heard that were made up", MediaStatistics::concealedFrames);
        media(media, "underruns", "utterances that ran dry", MediaStatistics::underruns);
        media(media, "frames.silent", "silent frames inside utterances", MediaStatistics::silenceInsertedFrames);
        media(media, "send.failures", "packets that the system refused", MediaStatistics::sendFailures);
        media(media, "frames.paced", "frames that were due", MediaStatistics::framesPaced);
        media(media, "frames.late", "frames sent more than 5 ms late", MediaStatistics::framesLate);
        media(media, "rounds.skipped", "rounds left out after a stall", MediaStatistics::roundsSkipped);
        media(media, "timeouts", "sessions on which nothing came for too long", MediaStatistics::mediaTimeouts);
        media(
                media,
                "errors",
                "failures of sessions, listeners and threads",
                all -> all.sessionErrors() + all.callbackErrors() + all.threadErrors());
        media(media, "vad.windows", "windows of sound judged", MediaStatistics::vadWindows);
        media(media, "vad.dropped", "windows lost because judging did not keep up", MediaStatistics::vadWindowsDropped);
        media(media, "vad.errors", "calls of the voice activity model that failed", MediaStatistics::vadErrors);
        media(media, "vad.seconds", "time spent in the voice activity model", all -> all.vadNanos() / 1e9);
        int[] limits = {1, 2, 5, 10, 20, 50};
        for (int i = 0; i <= limits.length; i++) {
            int index = i;
            FunctionCounter.builder("trunkline.media.frame.lateness", media, all -> at(all.now(), index))
                    .tag("upto", i < limits.length ? limits[i] + "ms" : "more")
                    .description("frames by how late they were")
                    .register(registry);
        }
    }

    private static double at(MediaStatistics statistics, int index) {
        return index < statistics.lateness().size() ? statistics.lateness().get(index) : 0;
    }

    private void media(
            Reading<MediaStatistics> media, String name, String about, ToDoubleFunction<MediaStatistics> figure) {
        FunctionCounter.builder("trunkline.media." + name, media, all -> figure.applyAsDouble(all.now()))
                .description(about)
                .register(registry);
    }

    /** The SIP port. */
    public void sip(SipCounters counters) {
        sources.add(counters);
        for (SipCounters.Event event : SipCounters.Event.values()) {
            FunctionCounter.builder("trunkline.sip.messages", counters, all -> all.get(event))
                    .tag("event", event.name().toLowerCase(Locale.ROOT))
                    .description("what happened on the SIP port")
                    .register(registry);
        }
    }

    /** The trunks, each by its name. */
    public void trunks(Supplier<List<TrunkStatus>> source) {
        Reading<List<TrunkStatus>> trunks = new Reading<>(source);
        sources.add(trunks);
        for (TrunkStatus trunk : source.get()) {
            trunk(
                    trunks,
                    trunk.name(),
                    "up",
                    "1 if calls can come and go by the trunk",
                    (one, now) -> one.isUp(now) ? 1 : 0);
            trunk(
                    trunks,
                    trunk.name(),
                    "registered.seconds",
                    "how long the registrar still knows us",
                    (one, now) -> one.registration().until() instanceof Instant until
                            ? Math.max(0, Duration.between(now, until).toMillis() / 1e3)
                            : 0);
            trunk(
                    trunks,
                    trunk.name(),
                    "failures",
                    "registrations that failed since the last success",
                    (one, now) -> one.registration().failures());
        }
    }

    private void trunk(
            Reading<List<TrunkStatus>> trunks,
            String name,
            String what,
            String about,
            ToDoubleBiFunction<TrunkStatus, Instant> figure) {
        Gauge.builder(
                        "trunkline.trunk." + what,
                        trunks,
                        all -> all.now().stream()
                                .filter(one -> one.name().equals(name))
                                .mapToDouble(one -> figure.applyAsDouble(one, Instant.now()))
                                .sum())
                .tag("trunk", name)
                .description(about)
                .register(registry);
    }

    /** Any figure that rises. */
    public void counter(String name, String about, Supplier<? extends Number> figure) {
        sources.add(figure);
        FunctionCounter.builder(name, figure, all -> all.get().doubleValue())
                .description(about)
                .register(registry);
    }

    /** Any figure that goes up and down. */
    public void gauge(String name, String about, Supplier<Number> figure) {
        Gauge.builder(name, figure).description(about).register(registry);
    }

    /** One reading for all figures of a scrape. */
    private static final class Reading<T> {

        private final Supplier<T> source;
        private @Nullable T last;
        private long readAt;

        Reading(Supplier<T> source) {
            this.source = source;
        }

        synchronized T now() {
            long nanos = System.nanoTime();
            T value = last;
            if (value == null || nanos - readAt > FRESH_NANOS) {
                value = source.get();
                last = value;
                readAt = nanos;
            }
            return value;
        }
    }
}
