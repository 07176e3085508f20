package dev.trunkline.app.rest.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trunkline.app.engine.EngineView;
import dev.trunkline.app.health.Health;
import dev.trunkline.app.health.Part;
import dev.trunkline.app.health.Version;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells how the server is: 200 if calls should be sent here, else 503. */
@RestController
class HealthResource {

    private final EngineView engine;

    HealthResource(EngineView engine) {
        this.engine = engine;
    }

    @GetMapping("/health")
    ResponseEntity<HealthJson> health() {
        Health health = engine.health();
        Map<String, PartJson> parts = new LinkedHashMap<>();
        for (Part part : health.parts()) {
            parts.put(part.name(), new PartJson(lower(part.state()), part.detail()));
        }
        return ResponseEntity.status(health.status().serving() ? 200 : 503)
                .cacheControl(CacheControl.noStore())
                .body(new HealthJson(
                        lower(health.status()),
                        Version.number(),
                        health.node(),
                        engine.dialAddress(),
                        parts,
                        new CallsJson(health.activeCalls(), health.mostCalls())));
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    record HealthJson(
            String status, String version, String node, String dial, Map<String, PartJson> parts, CallsJson calls) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record PartJson(String state, String detail) {}

    record CallsJson(int active, int most) {}
}
