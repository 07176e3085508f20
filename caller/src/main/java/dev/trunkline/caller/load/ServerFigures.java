package dev.trunkline.caller.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the server's {@code /metrics} says at a moment, in the text format of Prometheus. Immutable.
 *
 * @param values by name with labels, as they stand there
 */
record ServerFigures(Map<String, Double> values) {

    private static final String BUCKET = "trunkline_answer_beyond_silence_seconds_bucket{le=\"";

    ServerFigures {
        values = Map.copyOf(values);
    }

    /** Asks the server. */
    static ServerFigures read(URI metrics) throws IOException {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(metrics)
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(metrics + " answers " + response.statusCode());
            }
            return parse(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static ServerFigures parse(String text) {
        Map<String, Double> values = new HashMap<>();
        for (String line : text.lines().toList()) {
            int blank = line.lastIndexOf(' ');
            if (!line.startsWith("#") && blank > 0) {
                values.put(line.substring(0, blank), number(line.substring(blank + 1)));
            }
        }
        return new ServerFigures(values);
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** How much a figure has grown since then. */
    double since(ServerFigures before, String name) {
        return values.getOrDefault(name, 0.0) - before.values.getOrDefault(name, 0.0);
    }

    /**
     * The server's own share of its answers since then: the time within which that part of them became audible after the
     * caller's silence was long enough, in milliseconds, straight between the limits of the histogram. NaN if there were none.
     */
    double engineMillisAt(ServerFigures before, double part) {
        record Limit(double seconds, double count) {}
        List<Limit> limits = new ArrayList<>();
        values.forEach((name, count) -> {
            if (name.startsWith(BUCKET)) {
                String limit = name.substring(BUCKET.length(), name.indexOf('"', BUCKET.length()));
                limits.add(new Limit(number(limit), count - before.values.getOrDefault(name, 0.0)));
            }
        });
        limits.sort((one, two) -> Double.compare(one.seconds(), two.seconds()));
        if (limits.isEmpty() || limits.getLast().count() <= 0) {
            return Double.NaN;
        }
        double wanted = part * limits.getLast().count();
        double fromSeconds = 0;
        double fromCount = 0;
        for (Limit limit : limits) {
            if (limit.count() >= wanted) {
                double within = limit.count() == fromCount ? 1 : (wanted - fromCount) / (limit.count() - fromCount);
                return 1_000 * (fromSeconds + within * (limit.seconds() - fromSeconds));
            }
            fromSeconds = limit.seconds();
            fromCount = limit.count();
        }
        return Double.POSITIVE_INFINITY;
    }
}
