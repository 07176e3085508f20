package dev.trunkline.telephony.opensips;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.CallReception;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.telephony.opensips.OpenSipsCounters.Event;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Telephone calls of an OpenSIPS that leaves its user-agent sessions to us (module {@code b2b_entities}, functions {@code
 * ua_session_...}, OpenSIPS 3.6 and later): brings each new session to the reception. Thread-safe; what happens to the calls
 * happens in order on one thread.
 */
public final class OpenSipsChannel implements AutoCloseable {

    private static final Logger LOG = System.getLogger(OpenSipsChannel.class.getName());
    private static final int OVER_KEPT = 2_000;

    private final OpenSipsSettings settings;
    private final MediaEngine media;
    private final CallReception reception;
    private final OpenSipsCounters counters = new OpenSipsCounters();
    private final MiConnection mi;
    private final Subscription subscription;
    private final AtomicInteger calls = new AtomicInteger();

    // of the connection's thread
    private final Map<String, OpenSipsLeg> legs = new HashMap<>();
    private final Map<String, Boolean> over = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > OVER_KEPT;
        }
    };
    private String prefix;

    private OpenSipsChannel(OpenSipsSettings settings, MediaEngine media, CallReception reception) throws IOException {
        this.settings = settings;
        this.media = media;
        this.reception = reception;
        prefix = settings.commandPrefix();
        mi = MiConnection.open(settings, counters, this::onMessage);
        subscription = new Subscription(mi, settings, counters);
    }

    /**
     * Opens the socket and subscribes; an OpenSIPS that is away now is found when it comes.
     *
     * @param media lives longer than the channel; it is not closed with it
     * @param reception takes the calls, on the channel's thread
     * @throws IOException if the socket can't be bound
     */
    public static OpenSipsChannel start(OpenSipsSettings settings, MediaEngine media, CallReception reception)
            throws IOException {
        OpenSipsChannel channel = new OpenSipsChannel(settings, media, reception);
        channel.mi.startReading();
        channel.mi.execute(channel.subscription::begin);
        return channel;
    }

    MediaEngine media() {
        return media;
    }

    OpenSipsSettings settings() {
        return settings;
    }

    MiConnection mi() {
        return mi;
    }

    // ---- what OpenSIPS tells, on the connection's thread

    private void onMessage(JsonNode message) {
        JsonNode method = message.get("method");
        SessionEvent event = SessionEvent.NAME.equals(method.isString() ? method.asString() : "")
                ? SessionEvent.of(message.get("params"))
                : null;
        if (event == null) {
            counters.count(Event.MALFORMED);
            return;
        }
        counters.count(Event.EVENTS);
        OpenSipsLeg leg = legs.get(event.key());
        if (event.type() == SessionEvent.Type.NEW) {
            // the processes of OpenSIPS send each by itself: a CANCEL may have overtaken its INVITE
            if (leg != null || over.containsKey(event.key())) {
                counters.count(Event.DUPLICATES);
            } else {
                begin(event);
            }
        } else if (leg != null) {
            leg.on(event);
        } else {
            stranger(event);
        }
    }

    private void begin(SessionEvent event) {
        SessionOffer offer = SessionOffer.of(event, settings.mediaAddress(), media.codecs());
        if (offer.refusal() != 0) {
            over.put(event.key(), true);
            reply(event.key(), "INVITE", offer.refusal(), offer.reason(), null, ignoring(event.key()));
            return;
        }
        OpenSipsLeg leg = new OpenSipsLeg(this, event, Parties.of(event, settings.agent()), offer.sdp());
        legs.put(event.key(), leg);
        calls.incrementAndGet();
        try {
            reception.incoming(leg);
        } catch (RuntimeException e) {
            counters.count(Event.INTERNAL_ERRORS);
            LOG.log(Level.ERROR, "call " + leg.id() + ": the reception failed", e);
            leg.reject(RejectCause.FAILED, "");
        }
    }

    /** A session that we do not know: of before our start, or one that is over here. */
    private void stranger(SessionEvent event) {
        boolean known = over.containsKey(event.key());
        if (event.type() == SessionEvent.Type.TERMINATED) {
            over.put(event.key(), true);
        }
        if (known) {
            return;
        }
        counters.count(Event.UNKNOWN_SESSIONS);
        boolean wantsAnswer = event.type() == SessionEvent.Type.UPDATED
                && event.isRequest()
                && !event.method().equals("ACK");
        if (wantsAnswer) {
            reply(event.key(), event.method(), 481, "Call/Transaction Does Not Exist", null, ignoring(event.key()));
        }
    }

    void over(OpenSipsLeg leg) {
        over.put(leg.id(), true);
        if (legs.remove(leg.id()) != null) {
            calls.decrementAndGet();
        }
    }

    // ---- what we tell OpenSIPS, on the connection's thread

    /** Answers a request of a session. */
    void reply(
            String key, String method, int code, String reason, @Nullable String body, MiConnection.Outcome outcome) {
        ObjectNode parameters = session(key);
        parameters.put("method", method);
        parameters.put("code", code);
        parameters.put("reason", reason);
        if (body != null) {
            parameters.put("body", body);
        }
        give("ua_session_reply", parameters, true, outcome);
    }

    /** Sends a request within a session. It has a body, if an empty one: without one, some releases lose the headers. */
    void request(String key, String method, String headers, MiConnection.Outcome outcome) {
        ObjectNode parameters = session(key);
        parameters.put("method", method);
        parameters.put("body", "");
        parameters.put("extra_headers", headers);
        give("ua_session_update", parameters, false, outcome);
    }

    /** Ends an answered session. */
    void terminate(String key) {
        give("ua_session_terminate", session(key), true, ignoring(key));
    }

    private static ObjectNode session(String key) {
        ObjectNode parameters = JsonMapper.shared().createObjectNode();
        parameters.put("key", key);
        return parameters;
    }

    /** A command whose name OpenSIPS does not know has done nothing: it can be given again under its other name. */
    private void give(String command, ObjectNode parameters, boolean repeatable, MiConnection.Outcome outcome) {
        String tried = prefix;
        send(tried + command, parameters, repeatable, new MiConnection.Outcome() {
            @Override
            public void done(JsonNode result) {
                outcome.done(result);
            }

            @Override
            public void failed(MiException e) {
                if (!e.isUnknownCommand()) {
                    outcome.failed(e);
                    return;
                }
                String other = tried.isEmpty() ? OpenSipsSettings.PREFIX : "";
                prefix = other;
                send(other + command, parameters, repeatable, outcome);
            }
        });
    }

    private void send(String name, ObjectNode parameters, boolean repeatable, MiConnection.Outcome outcome) {
        if (repeatable) {
            mi.command(name, parameters, outcome);
        } else {
            mi.commandOnce(name, parameters, outcome);
        }
    }

    /** For what concerns a call that is over here anyway. */
    static MiConnection.Outcome ignoring(String key) {
        return new MiConnection.Outcome() {
            @Override
            public void done(JsonNode result) {}

            @Override
            public void failed(MiException e) {
                LOG.log(Level.DEBUG, "call " + key + ": " + e.getMessage());
            }
        };
    }

    // ---- for all threads

    /** Where events and answers are received. */
    public InetSocketAddress localAddress() {
        return mi.localAddress();
    }

    /** Whether OpenSIPS tells us its calls. */
    public OpenSipsState state() {
        return subscription.state();
    }

    /** Calls that are not over. */
    public int callCount() {
        return calls.get();
    }

    /** What has happened so far. */
    public OpenSipsCounters counters() {
        return counters;
    }

    /** Hangs up on everybody, takes the subscription back and closes the socket. Blocks for four seconds at most. */
    @Override
    public void close() {
        mi.execute(() -> {
            List.copyOf(legs.values()).forEach(leg -> leg.hangUpNow(EndReason.SHUTDOWN));
            subscription.end();
        });
        mi.close();
    }
}
