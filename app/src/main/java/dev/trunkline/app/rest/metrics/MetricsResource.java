package dev.trunkline.app.rest.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Gives all figures, as Prometheus text or OpenMetrics, whichever the asker prefers. */
@RestController
class MetricsResource {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry metrics;

    MetricsResource(PrometheusMeterRegistry metrics) {
        this.metrics = metrics;
    }

    @GetMapping("/metrics")
    ResponseEntity<byte[]> metrics(
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accepted) throws IOException {
        String type =
                accepted != null && accepted.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS_TEXT;
        ByteArrayOutputStream text = new ByteArrayOutputStream(32_768);
        metrics.scrape(text, type);
        return ResponseEntity.ok().header(HttpHeaders.CONTENT_TYPE, type).body(text.toByteArray());
    }
}
