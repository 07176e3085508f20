package dev.trunkline.app.rest.calls;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trunkline.app.calls.CallPage;
import dev.trunkline.app.engine.EngineView;
import dev.trunkline.app.rest.BadRequestException;
import dev.trunkline.app.rest.NotFoundException;
import dev.trunkline.core.call.CallId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists and shows calls. */
@RestController
@RequestMapping("/api/v1/calls")
class CallResource {

    private static final int MOST = 500;

    private final EngineView engine;

    CallResource(EngineView engine) {
        this.engine = engine;
    }

    /**
     * The newest calls, newest first.
     *
     * @param limit how many at most
     * @param before only calls older than that one; {@code next} of the page before
     */
    @GetMapping
    Page list(@RequestParam(defaultValue = "50") int limit, @RequestParam(required = false) @Nullable String before) {
        if (limit < 1 || limit > MOST) {
            throw new BadRequestException("limit must be 1 to " + MOST);
        }
        CallPage page = engine.calls().newest(limit, before == null ? null : callId(before));
        List<CallJson> items = page.items().stream().map(CallJson::summary).toList();
        String next = page.more() ? items.getLast().id() : null;
        return new Page(items, next, page.complete());
    }

    /** One call with its turns. */
    @GetMapping("/{id}")
    CallJson show(@PathVariable String id) {
        return engine.calls()
                .find(callId(id))
                .map(CallJson::whole)
                .orElseThrow(() -> new NotFoundException("There is no call " + id + "."));
    }

    private static CallId callId(String text) {
        try {
            return new CallId(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("A call's id is 1 to 64 letters, digits, hyphens and underscores.");
        }
    }

    /**
     * Some calls.
     *
     * @param items newest first
     * @param next what to give as {@code before} for the next page; absent on the last
     * @param complete false if the record can't be read now: only calls in memory are here
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<CallJson> items, @Nullable String next, boolean complete) {}
}
