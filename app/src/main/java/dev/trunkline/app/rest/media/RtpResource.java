package dev.trunkline.app.rest.media;

import dev.trunkline.app.engine.EngineView;
import dev.trunkline.app.rest.BadRequestException;
import dev.trunkline.app.rest.NotFoundException;
import dev.trunkline.app.rest.UnavailableException;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.telephony.rtp.ReservationRefusedException;
import dev.trunkline.telephony.rtp.RtpEndpoint;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reserves, shows and ends RTP endpoints. The short path is what some media servers are configured with. */
@RestController
@RequestMapping({RtpResource.PATH, "/externalmedia"})
class RtpResource {

    static final String PATH = "/api/v1/media/rtp";

    private final EngineView engine;

    RtpResource(EngineView engine) {
        this.engine = engine;
    }

    /**
     * Reserves an endpoint.
     *
     * @param body what {@link RtpRequestJson} knows; may be absent
     */
    @PostMapping
    ResponseEntity<RtpEndpointJson> reserve(@RequestBody(required = false) @Nullable String body) {
        try {
            RtpEndpoint endpoint = engine.rtpDoor().reserve(RtpRequestJson.read(body));
            return ResponseEntity.created(URI.create(PATH + "/" + endpoint.id()))
                    .body(RtpEndpointJson.of(endpoint));
        } catch (ReservationRefusedException e) {
            if (e.rejectCause() == RejectCause.NOT_FOUND) {
                throw new BadRequestException(sentence(e));
            }
            throw new UnavailableException(sentence(e));
        }
    }

    /** Those that are open and the last ones that are over, newest first. */
    @GetMapping
    Endpoints list() {
        return new Endpoints(
                engine.rtpDoor().all().stream().map(RtpEndpointJson::of).toList());
    }

    /** One endpoint. */
    @GetMapping("/{id}")
    RtpEndpointJson show(@PathVariable String id) {
        return engine.rtpDoor().find(id).map(RtpEndpointJson::of).orElseThrow(() -> unknown(id));
    }

    /** Ends an endpoint, and the call on it. */
    @DeleteMapping("/{id}")
    ResponseEntity<Void> end(@PathVariable String id) {
        if (!engine.rtpDoor().end(id)) {
            throw unknown(id);
        }
        return ResponseEntity.noContent().build();
    }

    private static NotFoundException unknown(String id) {
        return new NotFoundException("There is no RTP endpoint " + id + " that is open.");
    }

    private static String sentence(ReservationRefusedException e) {
        String message = String.valueOf(e.getMessage());
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }

    /**
     * Some endpoints.
     *
     * @param items newest first
     */
    record Endpoints(List<RtpEndpointJson> items) {}
}
